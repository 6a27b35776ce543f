"""Fibrinogen concentrate."""

from cytostorm.library.organs import coagulation
from cytostorm.library.supports import blood_volume
from cytostorm.library.supports._bags import transfused
from cytostorm.model import Module

m = Module(
    "fibrinogen_concentrate",
    "support",
    "fibrinogen concentrate",
    about="Usually 2 to 4 g. It clots and is lost as the body's own.",
)

kept = m.assumed("kept", 0.9, "1", "share that stays in plasma", "recalled; little goes to tissue at once")
transfused(m, "g", "fibrinogen", coagulation.fibrinogen, kept / blood_volume.plasma, scale=0.1)
