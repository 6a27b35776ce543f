"""Transplant of blood stem cells: new killers, where the person's own cannot kill."""

from cytostorm.library import person
from cytostorm.library.kinetics import rises
from cytostorm.model import Module

m = Module(
    "transplant",
    "support",
    "stem cell transplant",
    about="Ordered by CD34 cells, usually 5 Mcell/kg. Once the graft has grown, killing by perforin comes "
    "back in the measure in which the donor's cells take over. Conditioning, rejection and graft-"
    "versus-host disease are left out.",
)

enough = m.assumed("enough", 5.0, "Mcell/kg", "dose from which nearly all takes", "the usual aim")
grafting = m.assumed(
    "grafting", 0.01, "1/h", "pace of each of two steps of the graft", "killers in one to two weeks"
)
homing = m.species("homing", "Mcell", "stem cells in blood and marrow", scale=1)
early = m.species("early", "1", "graft that grows", scale=0.01, within=(0, 10))
graft = m.species("graft", "1", "graft that has grown", scale=0.01, within=(0, 10))
m.route("iv", homing, "vein")
m.react("homing", grafting * homing, {homing: -1, early: 1 / (enough * person.weight)})
m.move(early, graft, "growth", grafting * early)
half = m.assumed(
    "half", 0.3, "1", "graft that brings back half of the killing", "mixed donors suffice; recalled"
)
m.stimulate(person.restored, rises(graft, half, 2), "killers of the donor")
