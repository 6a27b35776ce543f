"""Regulatory T cells: they grow on the IL-2 of others, and hold them back."""

from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import il2
from cytostorm.model import Module

m = Module("treg", "cell", "regulatory T cells", about="Their number, relative to rest.")

pace = m.assumed("pace", 0.02, "1/h", "turnover", "a pace of days")
more = m.assumed("more", 3.0, "1", "how many times more at full IL-2", "fourfold under IL-2")
half = m.assumed(
    "half", 40.0, "pg/mL", "IL-2 above rest of half that", "well below the levels of effector growth"
)
number = m.species(
    "number", "1", "regulatory T cells, relative to rest", initial=1, scale=0.1, within=(0.1, 10)
)
m.relax(number, "growth on IL-2", 1 + more * rises(il2.signal, half), pace)
rate = m.assumed(
    "rate", 200.0, "pg/mL/h", "TGF-β for each multiple above rest", "a third more at twice the number"
)
half_hold = m.assumed(
    "half_hold", 4.0, "1", "number above rest that halves effector growth", "just beyond full IL-2"
)
hold = m.observable("hold", 1 / (1 + (number - 1) / half_hold), "1", "what is left of effector growth")
