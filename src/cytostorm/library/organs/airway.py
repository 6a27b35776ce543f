"""The lung's cells as viruses meet them: how they sound the alarm, are protected, and are killed."""

from cytostorm.model import Module

m = Module(
    "airway",
    "organ",
    "lining of the lung as viruses meet it",
    about="What is the same whichever virus infects it; viruses differ in growth, harm and evasion.",
)

half_interferon = m.calibrated(
    "half_interferon",
    8,
    "pg/mL",
    "type I interferon in plasma, above rest, of half protection of cells",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); at the site it is far higher",
)
seen = m.assumed("seen", 0.02, "1", "infected cells of half alarm", "one in fifty")
half_sensed = m.assumed(
    "half_sensed",
    0.15,
    "1",
    "infected cells that half saturate the sensors of macrophages",
    "one in seven",
)
rate = m.assumed(
    "rate",
    20.0,
    "pg/mL/h",
    "interferon at full alarm, per volume of plasma",
    "doubles it in COVID-19 (Lucas2020)",
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
    9,
    "1",
    "alarmins for each unit of tissue that the virus kills",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); louder than quiet cell death",
)
