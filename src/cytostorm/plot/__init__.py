"""Pictures of runs. They need the extra `plot`; nothing here touches pyplot or any other global state."""

from cytostorm.plot.curves import panel, trajectories
from cytostorm.plot.style import svg

__all__ = ["panel", "svg", "trajectories"]
