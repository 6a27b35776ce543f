"""Death: failing organs make the hazard, more steeply the more of them fail; age and disease multiply it."""

import sympy

from cytostorm.library.kinetics import falls, rises
from cytostorm.library.organs import brain, circulation, coagulation, kidney, liver, lung
from cytostorm.library.person import age, comorbidity
from cytostorm.model import Exponential, Module

m = Module(
    "fate",
    "organ",
    "fate",
    about="The hazard of death under the usual care of a hospital, without drugs that damp the response.",
)

half_breath = m.assumed(
    "half_breath", 1.2, "1", "water in the lung of half its failure", "PaO2/FiO2 near 165 mmHg"
)
half_flow = m.assumed("half_flow", 0.4, "1", "lack of flow of half its failure", "lactate near 4 mmol/L")
half_clots = m.assumed(
    "half_clots",
    0.3,
    "1",
    "platelets left, as share of rest, of half failure of clotting",
    "74 of 245 thousand per microlitre, as in a SOFA of 2 to 3 for clotting",
)
few = m.assumed(
    "few", 6.0, "1", "steepness in platelets left", "half of the platelets are enough to stop a bleeding"
)
transfused = m.assumed(
    "transfused",
    0.5,
    "1",
    "weight of clotting among failing organs",
    "hospitals transfuse: platelets of 20,000 alone seldom kill",
)
half_clotting = m.assumed(
    "half_clotting",
    0.3,
    "1",
    "thrombin of half that failure",
    "few platelets alone, of a marrow that rests, kill seldom",
)
half_kidney = m.assumed(
    "half_kidney", 0.6, "1", "lost filtration of half failure of the kidney", "creatinine more than doubles"
)
half_liver = m.assumed(
    "half_liver", 0.5, "1", "lost liver of half its failure", "a liver has reserves up to there"
)
half_brain = m.assumed(
    "half_brain", 0.5, "1", "clouding of half failure of the brain", "Glasgow coma scale of 9"
)
breath = m.observable("breath", rises(lung.water, half_breath, 2), "1", "failure of the lung, 0 to 1")
flow = m.observable("flow", rises(circulation.lack, half_flow, 2), "1", "failure of the circulation, 0 to 1")
clots = m.observable(
    "clots",
    transfused
    * rises(coagulation.thrombin, half_clotting, 2)
    * falls(coagulation.platelets / coagulation.count, half_clots, few),
    "1",
    "failure of clotting, 0 to 1: few platelets that clots and macrophages take, not a marrow that rests",
)
failing = m.observable(
    "failing",
    breath
    + flow
    + clots
    + rises(kidney.lost, half_kidney, 3)
    + rises(liver.lost, half_liver, 3)
    + rises(brain.clouded, half_brain, 3),
    "1",
    "organs that fail, 0 to 6",
)
wearing = m.assumed(
    "wearing",
    0.01,
    "1/h",
    "pace at which failing organs wear a person out, and he recovers from it",
    "time constant of four days: hospitals carry people through hours of shock, not through weeks of it",
)
toll = m.species("toll", "1", "failing organs of late", scale=0.01, within=(0, 6))
m.relax(toll, "wearing out", failing, wearing)
rate = m.calibrated(
    "rate",
    0.0155,
    "1/h",
    "hazard once two organs have failed for days",
    "to published levels and deaths in sepsis and pneumonia; a fifth die of a SOFA of 7 (Jones2009)",
)
steep = m.calibrated(
    "steep",
    1.8,
    "1",
    "steepness",
    "to published levels and deaths in sepsis and pneumonia; four fifths die of a SOFA above 11 "
    "(Ferreira2001)",
)
ageing = m.assumed(
    "ageing", 0.025, "1/year", "rise of the log hazard by age", "doubles in 28 years at equal organ failure"
)
frail = m.assumed(
    "frail", 0.4, "1", "rise of the log hazard for each unit of chronic disease", "half as much again"
)
middle = m.assumed(
    "middle", 60.0, "year", "age at which the hazard is given", "of patients in intensive care"
)
at_failing = m.assumed(
    "at_failing", 2.0, "1", "failing organs for which the hazard is given", "2 by definition"
)
# So steep in failing organs that what is small must be followed as well, to be right once it counts.
hazard = m.species("hazard", "1", "cumulative hazard of death", scale=1e-14)
now = m.observable(
    "now",
    rate * (toll / at_failing) ** steep * sympy.exp(ageing * (age - middle) + frail * comorbidity),
    "1/h",
    "hazard of death",
)
m.produce(hazard, "hazard of organ failure", now)
endurance = m.assumed(
    "endurance",
    1.0,
    "1",
    "cumulative hazard that this person bears",
    "chance alone: a unit exponential",
    spread=Exponential(),
)
m.ending("death", hazard, endurance, "death")
