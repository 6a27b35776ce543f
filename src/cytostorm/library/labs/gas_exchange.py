"""Blood gases and breathing."""

from cytostorm.library.organs import lung
from cytostorm.model import Module

m = Module(
    "gas_exchange",
    "lab",
    "gas exchange",
    about="On what is ordered, and the oxygen that a ward gives unasked.",
)

NOTE = "usual adult range"
m.lab("pf_ratio", lung.ratio, "mmHg", "PaO2/FiO2", normal=(400, None), source="assumed", note=NOTE)
m.lab(
    "pao2",
    lung.oxygen,
    "mmHg",
    "arterial oxygen pressure, on the oxygen that is given; not what ECMO adds",
    normal=(80, 100),
    source="assumed",
    note=NOTE,
)
m.lab(
    "spo2",
    lung.saturation,
    "percent",
    "oxygen saturation, on the oxygen that is given",
    normal=(95, 100),
    source="assumed",
    note=NOTE,
)
m.lab("fio2", lung.fio2, "1", "share of oxygen in what is breathed; 0.21 is air, 1 may not suffice")
m.lab("respiratory_rate", lung.rate, "1/min", "breaths", normal=(12, 20), source="assumed", note=NOTE)
