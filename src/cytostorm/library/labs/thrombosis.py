"""How likely a clot in a large vein is, read off D-dimer."""

from cytostorm.library.kinetics import rises
from cytostorm.library.organs import coagulation
from cytostorm.model import Module

m = Module(
    "thrombosis",
    "lab",
    "thrombosis",
    about="D-dimer tells of clots that break, and so of clots. Heparin, catheters, earlier clots and what "
    "blockers of Janus kinases or immunoglobulin add are left out.",
)

usual = m.assumed(
    "usual", 0.001, "1/d", "hazard with the D-dimer of rest", "about one in a hundred in ten days of ward"
)
more = m.assumed("more", 10.0, "1", "how many times more with very high D-dimer", "a tenth in a week of ICU")
half = m.assumed("half", 3.0, "ug/mL", "D-dimer above rest of half that", "from where screening is advised")
above = coagulation.d_dimer - coagulation.dimer_rest
m.lab("thrombosis_hazard", usual * (1 + more * rises(above, half)), "1/d", "hazard of a venous clot")
