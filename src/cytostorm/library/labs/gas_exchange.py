"""Blood gases and breathing."""

from cytostorm.library.organs import lung
from cytostorm.model import Module

m = Module("gas_exchange", "lab", "gas exchange", about="In air, unless oxygen is ordered.")

NOTE = "usual adult range"
m.lab("pf_ratio", lung.ratio, "mmHg", "PaO2/FiO2", normal=(400, None), source="assumed", note=NOTE)
m.lab(
    "spo2",
    lung.saturation,
    "percent",
    "oxygen saturation",
    normal=(95, 100),
    source="assumed",
    note=NOTE,
)
m.lab("respiratory_rate", lung.rate, "1/min", "breaths", normal=(12, 20), source="assumed", note=NOTE)
