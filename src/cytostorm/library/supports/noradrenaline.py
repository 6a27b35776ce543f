"""Noradrenaline: it narrows vessels, less so the more organs fail."""

import sympy

from cytostorm.library.drugs._kinetics import in_plasma, varies
from cytostorm.library.kinetics import damped, rises
from cytostorm.library.mediators import cortisol
from cytostorm.library.organs import circulation, fate
from cytostorm.library.person import age, weight
from cytostorm.library.supports._settings import runs
from cytostorm.model import Module

m = Module(
    "noradrenaline",
    "support",
    "noradrenaline",
    about="Kinetics of healthy volunteers; clearance falls as organs fail. The pressure it adds saturates, "
    "and failing organs lower the most it can add, not the level it takes: resistance to "
    "catecholamines. Its toll on heart, gut and limbs is left out.",
)

SOURCE = "Li2024"
usual = m.parameter("usual", 70.0, "kg", "weight for which the numbers hold", source=SOURCE)
by_weight = m.parameter("by_weight", 0.75, "1", "power of weight in flows", source=SOURCE)
clearance = m.parameter("clearance", 2.1, "L/min", "clearance", source=SOURCE, spread=varies(10.6))
volume = m.parameter("volume", 2.4, "L", "central volume", source=SOURCE, spread=varies(44.5))
exchange = m.parameter("exchange", 0.6, "L/min", "clearance between compartments", source=SOURCE)
outer = m.parameter("outer", 3.6, "L", "peripheral volume", source=SOURCE, spread=varies(40.4))
own = m.parameter("own", 497.7, "ng/min", "what the body makes itself", source=SOURCE, spread=varies(30.4))
ageing = m.parameter("ageing", 0.00344, "1/year", "fall of the log clearance by age", source=SOURCE)
middle = m.parameter("middle", 35.0, "year", "age for which the clearance is given", source=SOURCE)

fewest = m.parameter(
    "fewest", 3.0, "L/min", "clearance of the least ill", source="Beloeil2005", note="SAPS II of 20"
)
ill = m.parameter(
    "ill", 0.9, "L/min", "clearance of the most severely ill", source="Beloeil2005", note="SAPS II of 60"
)
apart = m.assumed(
    "apart",
    4.0,
    "1",
    "failing organs that tell these two apart",
    "ten points of SAPS II for each failing organ",
)
settling = m.assumed(
    "settling",
    0.5,
    "1/h",
    "pace at which clearance and response follow failing organs",
    "receptors go in hours",
)
felt = m.species(
    "felt", "1", "failing organs, as clearance and response follow them", scale=0.01, within=(0, 6)
)
m.relax(felt, "follows", fate.failing, settling)
size = weight / usual
flow = size**by_weight
cleared = clearance * sympy.exp(-ageing * (age - middle)) * (ill / fewest) ** (felt / apart) * flow
drug = in_plasma(
    m, volume=volume * size, clearance=cleared, outer=outer * size, exchange=exchange * flow, scale=1e-4
)
m.route("iv", drug.amount, "vein")
own_level = own * flow / cleared
level = m.observable("total", own_level + drug.level, "ug/L", "noradrenaline in plasma, the body's own too")

PRESSURE = "Oualha2014"
half = m.parameter("half", 4.11, "ug/L", "level of half the pressure it adds", source=PRESSURE)
most = m.parameter(
    "most",
    32.0,
    "mmHg",
    "most pressure it adds with up to three failing organs",
    source=PRESSURE,
    note="in children with low pressure",
    spread=varies(30.0),
)
resisted = m.parameter("resisted", 12.0, "mmHg", "the same with four or more", source=PRESSURE)
between = m.assumed(
    "between", 3.5, "1", "failing organs of half the resistance", "between three and four, as it was reported"
)
steep = m.assumed("steep", 8.0, "1", "how steeply it comes", "three organs are one class, four the other")
by_cortisol = m.assumed(
    "by_cortisol", 0.5, "1", "largest gain in response by cortisol and steroids", "it is permissive; recalled"
)
half_cortisol = m.assumed(
    "half_cortisol",
    1000.0,
    "nmol/L",
    "cortisol above rest of half that",
    "a level of shock with hydrocortisone",
)
sensitive = 1 + by_cortisol * (
    rises(cortisol.effect, half_cortisol) - rises(cortisol.baseline, half_cortisol)
)
response = m.observable(
    "response",
    most * damped(felt, between, 1 - resisted / most, steep) * sensitive,
    "mmHg",
    "most pressure it could add now",
)
added = m.observable(
    "added",
    response * (rises(level, half) - rises(own_level, half)),
    "mmHg",
    "pressure it adds, at the heart and volume of rest",
)
m.stimulate(circulation.pressors, added, "noradrenaline")
m.stimulate(circulation.catecholamine, m.quantities["iv_rate"] / weight, "noradrenaline runs")
m.stimulate(circulation.vasopressors, runs(m.quantities["iv_rate"]), "noradrenaline runs")
m.lab("noradrenaline", level, "ug/L", "noradrenaline in plasma")
