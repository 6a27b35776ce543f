"""Alarmins: what dying cells release, where it starts and in the whole body."""

from cytostorm.model import Module

m = Module(
    "damp",
    "mediator",
    "alarmins",
    about="HMGB1, cell-free DNA, ATP, S100 proteins and their like together, in units of what half-saturates "
    "the sensors. Organs and dying cells release them; they are the memory of damage.",
)

clearance = m.assumed(
    "clearance",
    0.045,
    "1/h",
    "clearing of alarmins",
    "half-life of 15 h; the repair of Reynolds2006 takes 35 h",
)
site = m.species("site", "1", "alarmins where it starts", scale=0.01, within=(0, 200))
body = m.species("body", "1", "alarmins in the circulation", scale=0.01, within=(0, 200))
m.remove(site, "clearing at the site", clearance * site)
m.remove(body, "clearing from the circulation", clearance * body)
