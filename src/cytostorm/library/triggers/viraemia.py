"""A virus of blood and lymphoid organs: EBV and its like, dengue, Ebola."""

from cytostorm.library.cells import bcell, nk, tcell
from cytostorm.library.kinetics import falls, rises
from cytostorm.library.mediators import antigen, damp, ifna, pamp
from cytostorm.library.organs import endothelium
from cytostorm.library.person import able, burden, interferon
from cytostorm.model import LogNormal, Module

m = Module(
    "viraemia",
    "trigger",
    "virus of blood and lymphoid organs",
    about="It infects cells that present antigen. T cells that can kill end it; if they cannot, "
    "they go on calling. "
    "The ordinary trigger of haemophagocytic lymphohistiocytosis.",
)

dose = m.assumed(
    "dose",
    1e-4,
    "1",
    "cells infected at the start, as a share of those it can infect",
    "a small inoculum",
    spread=LogNormal(2.0),
)
growth = m.assumed(
    "growth",
    0.07,
    "1/h",
    "spread from cell to cell at the start",
    "peak in the second week, as EBV",
    spread=LogNormal(1.06),
)
most = m.assumed(
    "most", 0.3, "1", "share at which it stops spreading by itself", "it infects few kinds of cells"
)
death = m.assumed("death", 0.004, "1/h", "death of infected cells", "it does little harm itself")
harm = m.assumed(
    "harm",
    0.0,
    "1/h",
    "injury of vessels by infected cells, at all infected",
    "none by EBV; dengue and Ebola harm them",
)
evasion = m.assumed(
    "evasion",
    0.5,
    "1",
    "share of the interferon response it silences",
    "herpesviruses and filoviruses silence it",
)
sensed = m.assumed(
    "sensed",
    0.05,
    "1",
    "microbial signals to macrophages at full infection",
    "weak, against those of bacteria",
)

infected = m.species(
    "infected", "1", "infected cells, as a share of those it can infect", scale=1e-6, within=(0, 1)
)
half_interferon = m.assumed(
    "half_interferon",
    60.0,
    "pg/mL",
    "type I interferon above rest of half protection",
    "weaker than in a lung",
)
hidden = m.assumed(
    "hidden",
    0.3,
    "1",
    "share of its spread that antibody cannot reach",
    "herpesviruses go from cell to cell and with cells that divide; dengue and Ebola do not",
)
cytotoxic = m.assumed(
    "cytotoxic",
    0.009,
    "uL/cells/h",
    "killing by an effector T cell",
    "cleared in days by ten cells/uL",
)
natural = m.assumed(
    "natural", 0.02, "1/h", "killing by woken NK cells", "a part of clearance in the first days"
)
seen = m.assumed("seen", 0.05, "1", "infected cells of half alarm", "one in twenty")
rate = m.assumed("interferon_rate", 40.0, "pg/mL/h", "interferon at full alarm", "doubles or trebles it")
loud = m.assumed(
    "loud", 1.0, "1", "alarmins for each unit of cells killed", "T cells kill lymphocytes quietly"
)
presenting = m.assumed(
    "presenting",
    0.1,
    "1",
    "antigen that T cells meet in infected cells of half alarm",
    "twice what engages half of T cells",
)

m.stimulate(ifna.secretion, rate * (1 - evasion) * interferon * rises(infected, seen), "infected cells")
protected = falls(ifna.signal, half_interferon)
m.produce(infected, "spread", growth * infected * protected * (hidden + (1 - hidden) * bcell.neutralised))
m.remove(infected, "crowding", growth * infected * infected / most)
killed = (
    able
    * (cytotoxic * tcell.effector * (1 - tcell.most_tired * tcell.tired) + natural * nk.killing)
    * infected
)
m.remove(infected, "death and killing", death * infected + killed)
m.produce(damp.body, "from infected cells", loud * killed)
m.stimulate(antigen.organs, presenting * infected / seen, "infected cells that present antigen")
m.stimulate(pamp.blood, sensed * rises(infected, seen), "nucleic acids of the virus")
m.produce(endothelium.injury, "by infected cells", harm * infected * (1 - endothelium.injury))
m.stimulate(burden, rises(infected, seen), "infected cells")
m.route("blood", infected, "blood")
m.challenge("blood", dose)
m.lab("pathogen", infected, "1", "infected cells, as a share of those it can infect")
