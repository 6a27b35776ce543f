"""Immunoglobulin G: what is given competes with the body's own, and with drugs, for being saved from loss."""

from cytostorm.library.kinetics import rises
from cytostorm.model import Module

m = Module(
    "igg",
    "mediator",
    "immunoglobulin G",
    about="The neonatal Fc receptor (FcRn) saves what it can hold. More immunoglobulin G, and each is lost "
    "faster, antibodies given as drugs among them.",
)

own = m.assumed("own", 11.0, "g/L", "immunoglobulin G of the body", "middle of 7 to 16 in adults")
given = m.drive("given", "g/L", "immunoglobulin G given, in plasma")
least = m.assumed(
    "least", 0.02, "1/d", "share lost in a day with little of it", "recalled; Waldmann and Strober 1969"
)
most = m.assumed(
    "most", 0.18, "1/d", "share lost in a day with very much of it", "recalled; Waldmann and Strober 1969"
)
half = m.assumed(
    "half",
    27.0,
    "g/L",
    "level half-way between",
    "so that a healthy person loses 6.6 % in a day, as is usual: a half-life of plasma of 10 days",
)
lost_at_rest = least + (most - least) * rises(own, half)
lost = least + (most - least) * rises(own + given, half)
level = m.observable("level", own + given, "g/L", "immunoglobulin G in plasma")
faster = m.observable("faster", lost / lost_at_rest, "1", "how many times faster it is lost than at rest")
