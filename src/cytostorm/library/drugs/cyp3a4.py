"""The enzyme CYP3A4, which clears many drugs: inflammation takes it away, IL-6 blockers bring it back."""

import sympy

from cytostorm.library.kinetics import Expr, rate_of, rise_above
from cytostorm.library.mediators import il6
from cytostorm.model import Module

m = Module(
    "cyp3a4",
    "drug",
    "CYP3A4",
    about="IL-6 stops the reading of its gene; what is there goes within days. Whoever has no IL-6 for long "
    "clears fully. What other drugs do to it is left out.",
)

most = m.assumed(
    "most", 0.8, "1", "largest share that IL-6 takes", "in hepatocytes nearly all; the gut keeps some of it"
)
half_il6 = m.assumed(
    "half_il6",
    35.0,
    "pg/mL",
    "IL-6 in signal of half of that",
    "simvastatin falls to 0.43 a week after tocilizumab in rheumatoid arthritis (Schmitt2011), whose "
    "IL-6 is taken to be tens of pg/mL",
)
half_life = m.assumed("half_life", 36.0, "h", "half-life of the enzyme", "a day or two, as induction fades")
activity = m.species("activity", "1", "CYP3A4, against health", initial=1, scale=0.01, within=(0, 1))
# Less IL-6 than in health changes nothing: kinetics were measured with it.
taken = most * sympy.Max(rise_above(il6.signal, il6.baseline, half_il6), 0)
m.relax(activity, "is made anew", 1 - taken, rate_of(half_life))


def by_cyp3a4(of: Module, share: float, note: str) -> Expr:
    """Declare the share of a drug's clearance that CYP3A4 does; return what is left of it, 1 in health."""
    mine = of.assumed("by_cyp3a4", share, "1", "share of clearance that CYP3A4 does", note)
    return 1 - mine * (1 - activity)
