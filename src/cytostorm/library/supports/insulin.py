"""Insulin, as an infusion: it lowers glucose."""

from cytostorm.library.kinetics import damped, rate_of
from cytostorm.library.labs import glucose
from cytostorm.library.person import weight
from cytostorm.library.supports import extracorporeal
from cytostorm.model import Module

m = Module(
    "insulin",
    "support",
    "insulin",
    about="Into a vein, usually 1 to 10 U/h. Glucose follows at once, in people within an hour or so, and "
    "does no harm when it is low. The body's own insulin, potassium and feeding are left out.",
)

half_life = m.assumed("half_life", 5.0, "min", "half-life", "recalled: 4 to 6 min")
volume = m.assumed("volume", 0.15, "L/kg", "volume of distribution", "recalled: 0.1 to 0.4 L/kg")
half = m.assumed(
    "half", 0.1, "U/L", "level of half its effect", "4 U/h take a quarter of glucose, 10 U/h nearly half"
)
most = m.assumed("most", 0.85, "1", "largest share of glucose that it takes", "deep lows are possible")
plasma = m.species("plasma", "U", "insulin given, in plasma", scale=0.01)
size = volume * weight
level = m.observable("level", plasma / size, "U/L", "insulin given, in plasma")
m.remove(plasma, "elimination", rate_of(half_life) * plasma)
m.remove(plasma, "removal outside the body", extracorporeal.whole * plasma / size)
m.route("iv", plasma, "vein")
m.modulate(glucose.kept, damped(level, half, most), "insulin")
m.lab("insulin_given", level, "U/L", "insulin given, in plasma")
