"""Red cells of donors."""

from cytostorm.library.organs import marrow
from cytostorm.library.supports import blood_volume
from cytostorm.library.supports._bags import transfused
from cytostorm.model import Module

m = Module(
    "red_cells",
    "support",
    "red cell transfusion",
    about="Ordered by their haemoglobin: one usual bag holds 50 to 60 g. Haemoglobin is read off alone; "
    "nothing in the body lacks or gains oxygen by it yet, and the volume of the bag is left out.",
)

transfused(m, "g", "haemoglobin", marrow.haemoglobin, 1 / blood_volume.blood)
