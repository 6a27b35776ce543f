"""Blood gases and breathing."""

import sympy

from cytostorm.library.organs import lung
from cytostorm.model import Module

m = Module("gas_exchange", "lab", "gas exchange", about="In air, unless oxygen is ordered.")

NOTE = "usual adult range"
m.lab("pf_ratio", lung.ratio, "mmHg", "PaO2/FiO2", normal=(400, None), source="assumed", note=NOTE)
m.lab(
    "pao2",
    lung.oxygen,
    "mmHg",
    "arterial oxygen pressure, in air unless oxygen is ordered; not what ECMO adds",
    normal=(80, 100),
    source="assumed",
    note=NOTE,
)
m.lab(
    "spo2",
    lung.saturation,
    "percent",
    "oxygen saturation, in air unless oxygen is ordered",
    normal=(95, 100),
    source="assumed",
    note=NOTE,
)
aim = m.assumed(
    "aim", 63.0, "mmHg", "arterial oxygen pressure that a ward aims at", "a saturation of just under 92 %"
)
needed = aim / lung.ratio
m.lab(
    "oxygen_need",
    sympy.Piecewise((lung.air, needed < lung.air), (1, needed > 1), (needed, True)),
    "percent",
    "share of oxygen to breathe for a saturation of 92 %; 21 is air, 100 may not suffice",
)
m.lab("respiratory_rate", lung.rate, "1/min", "breaths", normal=(12, 20), source="assumed", note=NOTE)
