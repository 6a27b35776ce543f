"""Macrophage activation syndrome: an autoinflammatory flare with IL-18 in excess."""

from cytostorm.library.cells import tcell
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import antigen, il1b, il18, pamp
from cytostorm.library.organs import fever
from cytostorm.library.person import able, burden, inflammasome, natural_killer
from cytostorm.model import LogNormal, Module

m = Module(
    "mas",
    "trigger",
    "autoinflammatory flare and macrophage activation syndrome",
    about="Inflammasomes fire by themselves while a flare lasts. If cells that present antigen "
    "are not killed off, "
    "T and NK cells under IL-18 make interferon-γ, and macrophages answer. Still's disease, lupus, Kawasaki "
    "disease and MIS-C differ in numbers only.",
)

strength = m.assumed(
    "strength", 1.0, "1", "strength of the flare", "1 is an ordinary flare", spread=LogNormal(1.4)
)
lasting = m.assumed("lasting", 240.0, "h", "time in which the flare fades to a third", "ten days")
il18_rate = m.assumed(
    "il18_rate", 100.0, "pg/mL/h", "IL-18 of a flare", "ten thousand pg/mL in MAS: IL-18 is slow to leave"
)
il1_rate = m.assumed("il1_rate", 6.0, "pg/mL/h", "IL-1β of a flare", "plasma holds little of it")
signals = m.assumed(
    "signals", 0.08, "1", "danger signals to macrophages, at full flare", "S100 proteins and their like"
)
presented = m.assumed(
    "presented",
    0.15,
    "1",
    "self or viral antigen that is presented, at full flare",
    "a bystander virus is common",
)

pyrogenic = m.assumed(
    "pyrogenic",
    0.3,
    "mL*h/pg",
    "fever by IL-1 where it is made, for each unit of its rate in plasma",
    "spiking fever of Still's disease with hardly any IL-1β in plasma; blocking IL-1 ends it",
)

flare = m.species("flare", "1", "flare", scale=0.01, within=(0, 20))
presenting = m.species("presenting", "1", "cells that present antigen", scale=0.01, within=(0, 20))
m.remove(flare, "fading", flare / lasting)
maturing = m.assumed("maturing", 0.03, "1/h", "maturing of cells that present antigen", "within a day or two")
dying = m.assumed("dying", 0.005, "1/h", "death of cells that present antigen", "they live for a week")
cytotoxic = m.assumed(
    "cytotoxic",
    0.002,
    "uL/cells/h",
    "their killing by a killer cell",
    "cytotoxic cells end what they answer to",
)
natural = m.assumed(
    "natural", 25.0, "cells/uL", "NK cells that kill as effector T cells do", "a tenth of those in blood"
)
m.produce(presenting, "maturing in the flare", maturing * presented * flare)
m.remove(presenting, "death", dying * presenting)
m.remove(
    presenting,
    "killing by T and NK cells",
    able * cytotoxic * (tcell.effector + natural * natural_killer) * presenting,
)
m.produce(il18.excess, "inflammasomes of the flare", il18_rate * inflammasome * flare)
il1_made = il1_rate * inflammasome * flare
m.produce(il1b.level, "inflammasomes of the flare", il1_made)
m.stimulate(
    fever.more,
    pyrogenic * il1_made * il1b.loose / (1 + il1b.antagonists),
    "IL-1 in skin, joints and vessel walls",
)
m.stimulate(pamp.blood, signals * rises(flare, 1), "S100 proteins and their like")
m.stimulate(antigen.organs, presenting, "antigen that is presented in the flare")
m.stimulate(burden, rises(flare, 1), "the flare")
m.route("flare", flare, "flare")
m.challenge("flare", strength)
