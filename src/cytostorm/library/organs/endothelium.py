"""The lining of the vessels: cytokines and alarmins injure it, it leaks and clots; it mends in days."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import cortisol, damp, ifng, il1b, il6, loop, tnf
from cytostorm.library.person import comorbidity
from cytostorm.model import LogNormal, Module

m = Module(
    "endothelium",
    "organ",
    "lining of the vessels",
    about="Injury stands for lost glycocalyx and tight junctions, and for Ang-2 in excess; leak "
    "follows from it.",
)

half_tnf = m.calibrated(
    "half_tnf",
    790.0,
    "pg/mL",
    "TNF above rest of half strength",
    "to published levels and deaths in sepsis and pneumonia; more than a volunteer after 2 ng/kg "
    "has for long",
)
half_il6 = m.calibrated(
    "half_il6",
    1990.0,
    "pg/mL",
    "IL-6 in trans-signalling of half strength",
    "to published levels and deaths in sepsis and pneumonia; a storm's level",
)
half_ifng = m.calibrated(
    "half_ifng",
    20900,
    "pg/mL",
    "interferon-γ above rest of half strength",
    "to published rates, times and levels of cytokine release; so high that it hardly acts",
)
half_il1 = m.assumed(
    "half_il1", 30.0, "pg/mL", "IL-1 signal above rest of half strength", "near the cells that make it more"
)
half_damp = m.calibrated(
    "half_damp",
    0.474,
    "1",
    "alarmins of half strength",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); vessels feel them "
    "before macrophages do",
)
pace = m.assumed(
    "pace", 0.07, "1/h", "rate of injury at full strength", "within half a day", spread=LogNormal(1.15)
)
mending = m.assumed("mending", 0.025, "1/h", "rate of mending", "half-life of a day", spread=LogNormal(1.1))
frail = m.assumed(
    "frail", 0.3, "1", "more injury for each unit of chronic disease", "vessels of diabetics and smokers"
)

strength = m.observable(
    "strength",
    tnf.signal / half_tnf
    + il6.trans / half_il6
    + ifng.signal / half_ifng
    + il1b.signal / half_il1
    + loop.strength * damp.body / half_damp,
    "1",
    "what injures the vessels, weighted",
)
at_rest = m.observable(
    "at_rest",
    tnf.baseline / half_tnf + il6.baseline / half_il6 + il1b.signal_at_rest / half_il1,
    "1",
    "the same in a healthy person at rest",
)
injury = m.species("injury", "1", "injury of the vessels' lining", scale=0.01, within=(0, 1))
m.produce(
    injury,
    "injury by cytokines and alarmins",
    pace * (1 + frail * comorbidity) * rises(strength - at_rest, 1, 2) * (1 - injury),
)
direct = m.drive("direct", "1/h", "injury by toxins, without any cytokine")
m.produce(injury, "injury by toxins", direct * (1 - injury))
m.remove(injury, "mending", mending * injury)
half_leak = m.assumed("half_leak", 0.35, "1", "injury of half leak", "vessels leak before they are stripped")
leak = m.observable("leak", rises(injury, half_leak, 2), "1", "leak of the vessels, 0 to 1")
stress = m.assumed(
    "stress",
    2.0,
    "1",
    "call for cortisol at full leak",
    "leaking vessels lose volume, and that is a stress",
)
m.stimulate(cortisol.more, stress * leak, "what vessels lose calls for cortisol")
glycocalyx = m.observable("glycocalyx", 1 - injury, "1", "glycocalyx left")
ang2_rest = m.assumed("ang2_rest", 2.0, "ng/mL", "angiopoietin-2 at rest", "usual level of healthy people")
more_ang2 = m.assumed(
    "more_ang2", 9.0, "1", "more of it at full injury, in multiples of rest", "tenfold in shock"
)
ang2 = m.observable("ang2", ang2_rest * (1 + more_ang2 * injury), "ng/mL", "angiopoietin-2")

through = m.assumed(
    "through", 0.1, "1", "share of the site's secretion that gets out at full leak", "on top of that at rest"
)
m.stimulate(inflamed.leaking, through * leak, "what the site makes gets through leaking vessels")
alarm = m.calibrated(
    "alarm",
    0.006,
    "1/h",
    "alarmins released at full injury",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); shed glycocalyx and "
    "dying endothelium",
)
half_alarm = m.assumed(
    "half_alarm", 0.5, "1", "injury of half that", "cells die only where the lining is lost"
)
m.produce(damp.body, "from injured vessels", alarm * inflamed.feedback * rises(injury, half_alarm, 4))
