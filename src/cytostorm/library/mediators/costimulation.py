"""Costimulation: CD80 and CD86 on antigen-presenting cells, which T cells must touch as well as antigen."""

from cytostorm.model import Module

m = Module(
    "costimulation",
    "mediator",
    "costimulation by CD80 and CD86",
    about="The second signal. A superagonist of CD28 and the receptors of cell therapies go without it.",
)

blockers = m.drive("blockers", "1", "load C/Kd of what covers CD80 and CD86; one site, loads add")
free = m.observable("free", 1 / (1 + blockers), "1", "share of CD80 and CD86 that is free")
