"""Heparin: it helps antithrombin to hold thrombin down."""

from cytostorm.library.kinetics import falls, rate_of
from cytostorm.library.organs import coagulation
from cytostorm.library.person import weight
from cytostorm.library.supports import extracorporeal
from cytostorm.model import Module

m = Module(
    "heparin",
    "support",
    "heparin",
    about="Unfractionated, usually 15 to 20 U/kg/h. Less thrombin uses up fewer platelets and less "
    "fibrinogen. Bleeding, its own loss of platelets, and binding to proteins of the acute phase are "
    "left out.",
)

half_life = m.assumed("half_life", 75.0, "min", "half-life", "recalled, 60 to 90 min at usual doses")
volume = m.assumed("volume", 0.05, "L/kg", "volume of distribution", "recalled: little more than plasma")
half = m.assumed(
    "half", 0.3, "U/mL", "level that halves thrombin", "the lower end of the usual aim of 0.3 to 0.7 U/mL"
)
plasma = m.species("plasma", "U", "heparin in plasma", scale=10)
size = volume * weight
level = m.observable("level", plasma / size, "U/mL", "heparin in plasma")
m.remove(plasma, "elimination", rate_of(half_life) * plasma)
m.remove(plasma, "removal outside the body", extracorporeal.whole * plasma / size)
m.route("iv", plasma, "vein")
m.modulate(coagulation.free, falls(level, half), "heparin")
m.lab("heparin", level, "U/mL", "heparin in plasma, as anti-Xa activity")
