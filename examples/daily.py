"""Dexamethasone, 6 mg a day from the third day on, for ten days: what it does to C-reactive protein.

The illness: endotoxin every day for two weeks, in cells that can respond again within a day and not within
weeks. That is invented; the drug is the library's.

For research and education only, never for the care of a patient.
"""

import cytostorm as cs

model = cs.model_for("endotoxin", ["dexamethasone.oral"]).replace({"macrophage.recovery": "0.1 1/h"})
ill = cs.Regimen() + cs.Dose("endotoxin.iv", "2 ng/kg", time="1 d", every="1 d", count=13)
# the third day begins two days after the trigger
treated = ill + cs.Dose("dexamethasone.oral", "6 mg", time="2 d", every="1 d", count=10)

cohort = cs.sample(model, n=200, seed=1)
for name, plan in (("ill", ill), ("treated", treated)):
    crp = cs.simulate(model, cohort, plan, times=range(0, 15 * 24, 24))["crp"]
    print(f"{name:8s} CRP each morning:", crp.median("patient").round(0).astype(int).values, crp.units)
