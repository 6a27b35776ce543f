"""Pictures of runs. They need the extra `plot`; nothing here touches pyplot or any other global state."""

from cytostorm.plot.atlas import atlas_map
from cytostorm.plot.curves import panel, trajectories
from cytostorm.plot.fate_map import fate_map
from cytostorm.plot.gain import gain_curve
from cytostorm.plot.network import network
from cytostorm.plot.style import svg
from cytostorm.plot.timing import timing_curve
from cytostorm.plot.ward import ward_sheet

__all__ = [
    "atlas_map",
    "fate_map",
    "gain_curve",
    "network",
    "panel",
    "svg",
    "timing_curve",
    "trajectories",
    "ward_sheet",
]
