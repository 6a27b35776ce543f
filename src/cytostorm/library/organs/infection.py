"""Another infection: its hazard, added up. It is read only, and comes on request."""

from cytostorm.library.labs import infection_risk
from cytostorm.model import Module

m = Module(
    "infection",
    "organ",
    "secondary infection",
    about="It acts on nothing: what such an infection would do to the patient is not told.",
)

hazard = m.species("hazard", "1", "cumulative hazard of another infection", scale=0.001)
m.produce(hazard, "hazard of another infection", infection_risk.hazard)
