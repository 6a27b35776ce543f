"""Ventilation: pressure opens the lung and hinders the heart; breaths too large for what is open harm it."""

from cytostorm.library.kinetics import damped, rises
from cytostorm.library.mediators import il6, il8
from cytostorm.library.organs import circulation, lung, site
from cytostorm.library.person import weight
from cytostorm.library.supports._settings import beyond_air, runs, setting
from cytostorm.model import Module

m = Module(
    "ventilation",
    "support",
    "mechanical ventilation",
    about="Ordered by its settings: share of oxygen (fio2), end-expiratory pressure (peep), breath (tidal, "
    "usually 6 mL/kg), and hours face down (prone, 1). What is not ordered does nothing, good or bad."
    " Carbon dioxide, sedation, the work of breathing it takes over, and pneumonia are left out.",
)

by_fio2 = beyond_air(m, "fio2", "share of oxygen")
peep, by_peep = setting(m, "peep", "cmH2O*h", "cmH2O", "end-expiratory pressure", scale=0.1)
tidal, by_tidal = setting(m, "tidal", "mL*h", "mL", "breath", scale=1)
prone, _ = setting(m, "prone", "h", "1", "lying face down", scale=0.01)
m.stimulate(lung.positive, runs(by_fio2) + runs(by_peep) + runs(by_tidal), "ventilator")

# --- opening -----------------------------------------------------------------------------------------

opened = m.assumed(
    "opened", 0.5, "1", "share of the flooded lung that pressure can open", "half, in the middle of patients"
)
half_peep = m.assumed(
    "half_peep", 10.0, "cmH2O", "pressure that opens half of that", "the middle of usual pressures"
)
m.modulate(lung.closed, damped(peep, half_peep, opened), "end-expiratory pressure")
upright = m.assumed("upright", 1.0, "1", "face down at all times", "1 by definition")
turned = m.assumed(
    "turned",
    0.3,
    "1",
    "share of the flooded lung that opens face down",
    "PaO2/FiO2 rises by 20 to 70 mmHg, recalled",
)
m.modulate(lung.closed, damped(prone, upright, 2 * turned), "face down")
hindered = m.assumed(
    "hindered", 0.0125, "1/cmH2O", "fall of flow for each cmH2O", "less blood returns to the heart; recalled"
)
# Reflexes keep a part of pressure, as they do when the heart weakens.
m.modulate(circulation.support, (1 + hindered * peep) ** (-circulation.pumping), "less blood returns")

# --- stretch -----------------------------------------------------------------------------------------

too_large = m.assumed(
    "too_large",
    12.0,
    "mL/kg",
    "breath of half the harm, if all of the lung is open",
    "twice the usual 6 mL/kg",
)
harm = m.assumed(
    "harm",
    0.004,
    "1/h",
    "lining lost at full stretch, of a lung that is the site",
    "less than at full attack",
)
stretched = m.observable(
    "stretched",
    rises(tidal * (1 + lung.shut) / weight, too_large, 4),
    "1",
    "harm by stretch, 0 to 1; a flooded lung is a small one",
)
m.produce(site.lost, "stretch", harm * lung.share * stretched * (1 - site.lost))
il6_rate = m.assumed("il6_rate", 100.0, "pg/mL/h", "IL-6 at full stretch", "tens of pg/mL in plasma")
il8_rate = m.assumed("il8_rate", 40.0, "pg/mL/h", "IL-8 at full stretch", "tens of pg/mL in plasma")
m.produce(il6.level, "stretched lung", il6_rate * stretched)
m.produce(il8.level, "stretched lung", il8_rate * stretched)
