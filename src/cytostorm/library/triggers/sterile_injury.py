"""Sterile injury: trauma, burns, ischaemia or pancreatitis, without any microbe."""

from cytostorm.library.mediators import damp, gcsf, il6, il8, il10
from cytostorm.library.organs import circulation, lung, site
from cytostorm.library.person import burden
from cytostorm.model import LogNormal, Module

m = Module(
    "sterile_injury",
    "trigger",
    "sterile injury",
    about="Tissue dies at once and releases alarmins and IL-6 within hours; what follows is the loop's.",
)

dose = m.assumed(
    "dose", 0.15, "1", "share of the tissue that dies at once", "a moderate injury", spread=LogNormal(1.3)
)
release = m.assumed("release", 0.12, "1/h", "release of alarmins by dead tissue", "within a day")
loud = m.assumed(
    "loud", 14.0, "1", "alarmins for each unit of dead tissue", "crushed and starved cells burst"
)
in_body = m.assumed(
    "in_body",
    0.15,
    "1",
    "share of them that reaches the circulation at once",
    "more in burns and pancreatitis",
)
in_lung = m.assumed(
    "in_lung", 0.3, "1", "share of the site that lies in the lung", "chest wounds, aspiration"
)

il6_yield = m.assumed(
    "il6_yield",
    40000.0,
    "pg/mL",
    "IL-6 that the wound's own cells release for each unit of dead tissue",
    "below 100 pg/mL after an operation, hundreds after trauma, a thousand after the worst",
)
il8_yield = m.assumed("il8_yield", 12000.0, "pg/mL", "IL-8 likewise", "a third of IL-6 on the first day")
il10_yield = m.assumed(
    "il10_yield",
    4000.0,
    "pg/mL",
    "IL-10 that is released for each unit of dead tissue",
    "tens of pg/mL within hours of trauma",
)
gcsf_yield = m.assumed("gcsf_yield", 6000.0, "pg/mL", "G-CSF likewise", "hundreds of pg/mL on the first day")
bleeding = m.assumed(
    "bleeding",
    1.5,
    "1",
    "share of plasma volume lost for each unit of dead tissue",
    "a fifth in a severe injury",
)

dead = m.species("dead", "1", "dead tissue that still holds alarmins", scale=0.01, within=(0, 1))
m.remove(dead, "release", release * dead)
m.produce(damp.site, "from dead tissue", loud * (1 - in_body) * release * dead)
m.produce(damp.body, "from dead tissue, into the circulation", loud * in_body * release * dead)
m.produce(il6.level, "cells of the wound", il6_yield * release * dead)
m.produce(il8.level, "cells of the wound", il8_yield * release * dead)
m.produce(il10.level, "the wound and the nerves that answer it", il10_yield * release * dead)
m.stimulate(gcsf.secretion, gcsf_yield * release * dead, "cells of the wound")
m.remove(circulation.volume, "bleeding", bleeding * release * dead * circulation.volume)
m.produce(site.lost, "with dead tissue", release * dead * (1 - site.lost))
m.stimulate(lung.share, in_lung, "how much of the site is lung")
m.stimulate(burden, dead, "the wound")
m.route("tissue", dead, "tissue")
m.challenge("tissue", dose)
