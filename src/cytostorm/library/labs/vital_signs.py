"""What the monitor shows."""

from cytostorm.library.organs import circulation, fever
from cytostorm.model import Module

m = Module("vital_signs", "lab", "vital signs")

NOTE = "usual range of adults at rest"
m.lab(
    "temperature",
    fever.core,
    "degC",
    "body temperature",
    normal=(36.1, 37.2),
    source="assumed",
    note="usual range by the ear; fever begins at 38",
)
m.lab(
    "heart_rate", circulation.heart_rate, "bpm", "heart rate", normal=(50, 100), source="assumed", note=NOTE
)
m.lab(
    "map",
    circulation.pressure,
    "mmHg",
    "mean arterial pressure",
    normal=(70, 105),
    source="assumed",
    note=NOTE,
)
