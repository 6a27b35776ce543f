"""Vasopressin: a second hold on the vessels, which failing organs do not loosen."""

from cytostorm.library.kinetics import rate_of, rises
from cytostorm.library.organs import circulation
from cytostorm.library.supports import extracorporeal
from cytostorm.library.supports._settings import runs
from cytostorm.model import Module

m = Module(
    "vasopressin",
    "support",
    "vasopressin",
    about="Given at a fixed rate, usually 0.03 U/min, beside noradrenaline. How much pressure it adds is "
    "assumed: no model of its effect was found. Kidney, gut and the body's own vasopressin are left "
    "out.",
)

half_life = m.assumed("half_life", 15.0, "min", "half-life", "recalled, 10 to 20 min")
volume = m.assumed("volume", 10.0, "L", "volume of distribution", "recalled, 0.14 L/kg")
most = m.assumed(
    "most", 20.0, "mmHg", "most pressure it adds", "less than noradrenaline; it spares some of it"
)
half = m.assumed(
    "half",
    65.0,
    "mU/L",
    "level of half of that",
    "the steady level at 0.03 U/min by the numbers above, the usual dose",
)
plasma = m.species("plasma", "U", "vasopressin in plasma", scale=0.01)
level = m.observable("level", plasma / volume, "mU/L", "vasopressin in plasma")
m.remove(plasma, "elimination", rate_of(half_life) * plasma)
m.remove(plasma, "removal outside the body", extracorporeal.whole * plasma / volume)
m.route("iv", plasma, "vein")
m.stimulate(circulation.pressors, most * rises(level, half), "vasopressin")
m.stimulate(circulation.vasopressors, runs(m.quantities["iv_rate"]), "vasopressin runs")
