"""What T cells recognise: sums that triggers add to."""

from cytostorm.model import Module

m = Module(
    "antigen",
    "mediator",
    "antigen",
    about="Antigen that T cells meet, where 1 engages half of them. It is the surface on which "
    "infected cells, antigen-presenting cells and T cells touch.",
)

site = m.drive("site", "1", "antigen where the infection sits")
organs = m.drive("organs", "1", "antigen in blood, spleen, liver and marrow")
