"""Natural killer cells: woken by IL-12 with IL-18 and by type I interferon."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import ifna, ifng, il12, il18
from cytostorm.library.person import natural_killer
from cytostorm.model import Module

m = Module(
    "nk",
    "cell",
    "natural killer cells",
    about="They respond within hours, so what they do follows their cytokines. In the blood count they are "
    "a share of the lymphocytes.",
)

half_il12 = m.assumed("half_il12", 20.0, "pg/mL", "IL-12 of half waking", "ten times the level at rest")
half_il18 = m.assumed(
    "half_il18", 300, "pg/mL", "free IL-18 of half waking", "reached in MAS, not in infection"
)
half_ifna = m.assumed(
    "half_ifna", 60.0, "pg/mL", "type I interferon of half waking of killing", "twice the level at rest"
)
woken = m.observable(
    "woken",
    inflamed.feedback * rises(il12.signal, half_il12) * rises(il18.free, half_il18),
    "1",
    "NK cells that secrete",
)
killing = m.observable("killing", natural_killer * rises(ifna.signal, half_ifna), "1", "NK cells that kill")
rate = m.assumed(
    "rate",
    2000.0,
    "pg/mL/h",
    "interferon-γ of all NK cells",
    "for hundreds in MAS; scaled with that of T cells",
)
m.produce(ifng.excess, "secretion by NK cells", rate * woken)
