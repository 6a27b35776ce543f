"""A drug that is scarce: each morning it goes to the tenth with the highest C-reactive protein.

Who is sickest is seen only by looking at everyone, so this is no rule but a function: arrays out, orders in.

The illness: endotoxin every day for two weeks, in cells that can respond again within a day and not within
weeks. That is invented; the drug is the library's.

For research and education only, never for the care of a patient.
"""

import numpy as np

import cytostorm as cs

model = cs.model_for("endotoxin", ["dexamethasone.oral"]).replace({"macrophage.recovery": "0.1 1/h"})
ill = cs.Dose("endotoxin.iv", "2 ng/kg", time="1 d", every="1 d", count=13)
dose = cs.Dose("dexamethasone.oral", "6 mg")


def sickest(ward: cs.Round) -> None:
    """Give a dose to the tenth with the highest CRP."""
    crp = ward["crp"]  # of everyone, in mg/L
    ward.give(dose, crp >= np.nanquantile(crp, 0.9))


cohort = cs.sample(model, n=200, seed=1)
run = cs.simulate(model, cohort, ill, times=[0, 14 * 24], policy=cs.Policy(sickest, every="1 d"))
patients = np.unique(run["decided_for"])
print(run["decided_for"].size, "doses went to", len(patients), "of", run.attrs["n"], "patients")
