"""What all glucocorticoids do: act as cortisol does, once genes have answered, and still the adrenal."""

from cytostorm.library.kinetics import falls
from cytostorm.library.mediators import cortisol
from cytostorm.model import Module

m = Module(
    "glucocorticoid",
    "drug",
    "glucocorticoids",
    about="Each drug adds the cortisol that would do the same. Whatever cortisol does in the body follows, "
    "some hours later, as genes have to be read.",
)

given = m.drive("given", "nmol/L", "glucocorticoids in plasma, as the cortisol that would do the same")
pace = m.assumed(
    "pace",
    0.3,
    "1/h",
    "pace at which genes answer, and forget",
    "a delay of 2 to 4 h",
)
effect = m.species("effect", "nmol/L", "glucocorticoids that genes have answered", scale=100)
m.relax(effect, "genes answer", given, pace)
m.stimulate(cortisol.given, effect, "glucocorticoids given")
half = m.assumed(
    "half", 300.0, "nmol/L", "effect that halves the adrenal's own cortisol", "the morning level itself"
)
m.modulate(cortisol.adrenal, falls(effect, half), "the adrenal is stilled")
