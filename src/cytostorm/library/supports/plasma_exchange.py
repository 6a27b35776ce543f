"""Plasma exchange: plasma with all that is in it against plasma of donors, or against albumin."""

from cytostorm.library.mediators import sil2r
from cytostorm.library.organs import coagulation, iron, liver, procalcitonin
from cytostorm.library.supports import blood_volume, extracorporeal
from cytostorm.library.supports._plasma import CYTOKINES, clears
from cytostorm.library.supports._settings import setting
from cytostorm.model import Module

m = Module(
    "plasma_exchange",
    "support",
    "plasma exchange",
    about="It removes all that is in plasma, antibodies that were given and the body's own proteins alike; "
    "one volume takes 63 %. What is in tissue comes back. Plasma of donors brings fibrinogen and "
    "clotting factors, albumin does not. Immunoglobulins, complement and cells are left out.",
)

by_plasma, _ = setting(m, "plasma", "mL", "mL/h", "plasma exchanged for that of donors", scale=1)
by_albumin, _ = setting(m, "albumin", "mL", "mL/h", "plasma exchanged for albumin", scale=1)
flow = m.observable("flow", by_plasma + by_albumin, "mL/h", "plasma exchanged")
share = m.observable("share", flow / blood_volume.plasma, "1/h", "share of plasma exchanged")
brought = by_plasma / blood_volume.plasma
for species in (
    *CYTOKINES,
    sil2r.level,
    liver.crp,
    liver.enzymes,
    liver.bilirubin,
    iron.ferritin,
    procalcitonin.level,
    coagulation.d_dimer,
    coagulation.fibrinogen,
    coagulation.factors,
):
    clears(m, species, "exchange", share)
m.produce(coagulation.fibrinogen, "plasma of donors", brought * coagulation.fibrinogen_rest)
m.produce(coagulation.factors, "plasma of donors", brought)
m.stimulate(extracorporeal.whole, flow, "plasma exchange")
