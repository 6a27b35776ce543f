"""Prednisone: becomes prednisolone on its way through the liver."""

from cytostorm.library.drugs import prednisolone
from cytostorm.library.drugs._kinetics import absorbed, molar_mass
from cytostorm.model import Module

m = Module(
    "prednisone",
    "drug",
    "prednisone",
    about="It does nothing itself; what is measured and what acts is prednisolone.",
)

mass = molar_mass(m, 358.4, "a small molecule")
absorbed(
    m,
    "oral",
    "mouth",
    prednisolone.drug.amount,
    prednisolone.pace,
    share=prednisolone.mass / mass,
)
