"""Platelets of donors."""

from cytostorm.library.organs import coagulation
from cytostorm.library.supports import blood_volume
from cytostorm.library.supports._bags import transfused
from cytostorm.model import Module

m = Module(
    "platelet_transfusion",
    "support",
    "platelet transfusion",
    about="Ordered by cells: one usual unit is 3e11 cells. They live, clot and are eaten as the body's own."
    " Antibodies against them and lung injury by transfusion are left out.",
)

kept = m.assumed("kept", 0.6, "1", "share that stays in blood", "recalled; the spleen holds a third")
transfused(m, "cells", "platelets", coagulation.platelets, kept / blood_volume.blood, scale=1e9)
