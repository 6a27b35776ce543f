"""Dexamethasone for those whose C-reactive protein exceeds 75 mg/L, looked at every morning; one course each.

The illness: endotoxin every day for two weeks, in cells that can respond again within a day and not within
weeks. That is invented; the drug is the library's.

For research and education only, never for the care of a patient.
"""

import cytostorm as cs

model = cs.model_for("endotoxin", ["dexamethasone.oral"]).replace({"macrophage.recovery": "0.1 1/h"})
ill = cs.Dose("endotoxin.iv", "2 ng/kg", time="1 d", every="1 d", count=13)
course = cs.Dose("dexamethasone.oral", "6 mg", every="1 d", count=10)  # times count from the decision
rule = cs.Rule.parse("crp > 75 mg/L, then once", course, check="1 d")

cohort = cs.sample(model, n=200, seed=1)
run = cs.simulate(model, cohort, cs.Regimen() + ill + rule, times=[0, 14 * 24])
days = run["decided_at"].values / 24 + 1
print(len(days), "of", run.attrs["n"], f"were treated, beginning on days {min(days):g} to {max(days):g}")
