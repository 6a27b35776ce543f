"""What microbes show to the innate sensors: sums that triggers add to."""

from cytostorm.model import Module

m = Module(
    "pamp",
    "mediator",
    "microbial signals",
    about="Nucleic acids, lipids and proteins of microbes, as shares of what saturates the sensors. "
    "Triggers add to them, and bacteria that antibiotics burst.",
)

site = m.drive("site", "1", "microbial signals where the infection sits, each 0 to 1")
blood = m.drive(
    "blood", "1", "microbial signals that macrophages meet in blood, liver and spleen, each 0 to 1"
)

# bacteria, as antibiotics meet them: a trigger says what living ones hold, and dies and signals accordingly
killing = m.drive("killing", "1/h", "killing of susceptible bacteria by antibiotics that are given")
held = m.drive("held", "1", "products that susceptible bacteria in blood, and on their way there, hold")
freed = m.drive("freed", "1", "products in blood that burst bacteria have let go of, in the same unit")
