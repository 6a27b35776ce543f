"""What microbes show to the innate sensors: sums that triggers add to."""

from cytostorm.model import Module

m = Module(
    "pamp",
    "mediator",
    "microbial signals",
    about="Nucleic acids, lipids and proteins of microbes, as shares of what saturates the sensors. "
    "Triggers add to them; nothing else does.",
)

site = m.drive("site", "1", "microbial signals where the infection sits, each 0 to 1")
blood = m.drive(
    "blood", "1", "microbial signals that macrophages meet in blood, liver and spleen, each 0 to 1"
)
