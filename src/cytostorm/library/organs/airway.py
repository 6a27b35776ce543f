"""The lung's cells as viruses meet them: how they sound the alarm, are protected, and are killed."""

from cytostorm.library.mediators import ifna
from cytostorm.model import Module

m = Module(
    "airway",
    "organ",
    "lining of the lung as viruses meet it",
    about="What is the same whichever virus infects it; viruses differ in growth, harm and evasion.",
)

half_interferon = m.calibrated(
    "half_interferon",
    3,
    "pg/mL",
    "type I interferon in plasma, above rest, of half protection of cells",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); at the site it is far higher",
)
seen = m.assumed("seen", 0.02, "1", "infected cells of half alarm", "one in fifty")
half_sensed = m.assumed(
    "half_sensed",
    0.18,
    "1",
    "infected cells that half saturate the sensors of macrophages",
    "one in six",
)
rate = m.assumed(
    "rate",
    20.0,
    "pg/mL/h",
    "interferon at full alarm, per volume of plasma",
    "adds a third in COVID-19, which evades (Lucas2020: a half), doubles it in influenza",
)
cytotoxic = m.assumed(
    "cytotoxic",
    0.0009,
    "uL/cells/h",
    "killing by an effector T cell",
    "cleared in days by a hundred cells/uL",
)
natural = m.assumed(
    "natural", 0.03, "1/h", "killing by woken NK cells", "a third of clearance in the first days"
)
loud = m.calibrated(
    "loud",
    8,
    "1",
    "alarmins for each unit of tissue that the virus kills",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); louder than quiet cell death",
)
il6_rate = m.assumed(
    "il6_rate",
    25,
    "pg/mL/h",
    "IL-6 of a lining with plenty of infected cells that reaches plasma",
    "for about ten pg/mL in influenza; it does not hang on interferon, which viruses silence",
)
last = m.assumed(
    "last",
    1e-9,
    "1",
    "one infected cell, as a share of the lung's",
    "a billion cells that can be infected; below one cell an infection is over",
)
unguarding = m.assumed(
    "unguarding",
    0.02,
    "1/h",
    "loss of the antiviral state",
    "the proteins that interferon calls last for a day or two",
)
polymerase = m.gain(
    "polymerase",
    "share of the spread of coronaviruses that blockers of their polymerase leave; they multiply",
)
neuraminidase = m.gain(
    "neuraminidase",
    "share of the spread of influenza that blockers of its neuraminidase leave; they multiply",
)
guarded = m.species("guarded", "1", "share of cells that interferon guards", scale=0.01, within=(0, 1))
alarm = ifna.signal / half_interferon
m.produce(guarded, "answer to interferon", unguarding * alarm * (1 - guarded))
m.remove(guarded, "loss of the antiviral state", unguarding * guarded)
