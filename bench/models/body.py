"""Organs of the benchmark model: vessels, lung, circulation, clotting, kidney, liver, fever."""

from __future__ import annotations

from cytostorm.library.kinetics import falls, rises
from cytostorm.model import Module

from .immune import active, damage, half_ifng, half_tnf, helped, ifng, il1, il6_signal, in_lung, tnf, virus
from .number import number, share

# --- endothelium -------------------------------------------------------------------------------------------

endothelium = m = Module("endothelium", "organ", "vessel wall, its leak and its dilators")
half_il6 = number(m, "half_il6", 300.0, "pg/mL", 0.25)
activation = number(m, "activation", 0.08, "1/h")
calming = number(m, "calming", 0.05, "1/h")
opening = number(m, "opening", 0.15, "1/h", 0.25)
closing = number(m, "closing", 0.08, "1/h")
dilation = number(m, "dilation", 0.3, "1/h")
normal_volume = number(m, "normal_volume", 3.0, "L")
filling = number(m, "filling", 0.08, "1/h")
loss = number(m, "loss", 0.03, "1/h")

active_wall = share(m, "active_wall", "activated endothelium")
leak = share(m, "leak", "leak of the vessel wall")
dilator = m.species("dilator", "1", "dilators", initial=1, scale=0.1)
plasma = m.species("plasma", "L", "plasma volume", initial=normal_volume, scale=0.1, within=(0.5, 6))
heard = m.drive("heard", "1", "what the vessel wall hears; it adds up")
m.stimulate(heard, tnf / (2 * half_tnf), "TNF")
m.stimulate(heard, il6_signal / (2 * half_il6), "IL-6")
m.stimulate(heard, ifng / (2 * half_ifng), "IFN-γ")
m.stimulate(heard, damage, "damage")
m.produce(active_wall, "activation", activation * rises(heard, 1, 2) * (1 - active_wall))
m.remove(active_wall, "calming", calming * active_wall)
m.produce(leak, "opening", opening * rises(active_wall, 0.4, 2) * (1 - leak))
m.remove(leak, "closing", closing * leak)
m.relax(dilator, "synthesis", 1 + active_wall + helped, dilation)
m.relax(plasma, "filling", normal_volume, filling)
m.remove(plasma, "loss to tissue", loss * leak * plasma)

# --- lung --------------------------------------------------------------------------------------------------

lung = m = Module("lung", "organ", "oedema, surfactant and oxygenation")
flooding = number(m, "flooding", 0.12, "L/h", 0.25)
draining = number(m, "draining", 0.03, "1/h", 0.25)
normal_water = number(m, "normal_water", 0.5, "L")
wear = number(m, "wear", 0.007, "1/h")
healing = number(m, "healing", 0.008, "1/h")
best = number(m, "best", 450.0, "mmHg", 0.06)
by_water = number(m, "by_water", 1.0, "1")
mixing = number(m, "mixing", 1.0, "1/h")
limit = number(m, "limit", 300.0, "mmHg")

water = m.species("water", "L", "water in the lung", initial=normal_water, scale=0.1)
surfactant = share(m, "surfactant", "surfactant", 1)
ratio = m.species(
    "ratio", "mmHg", "PaO2/FiO2", initial=best / (1 + by_water / 16), scale=10, within=(20, 700)
)
m.relax(water, "drainage", normal_water, draining * (0.4 + 0.6 * surfactant))
m.produce(water, "flooding", flooding * leak * (0.3 + damage))
m.remove(surfactant, "wear", wear * (in_lung + 2 * virus.quantities["infected"]) * surfactant)
m.produce(surfactant, "healing", healing * (1 - surfactant))
shunt = m.observable(
    "shunt",
    by_water * (water / (4 * normal_water)) ** 2 + (1 - surfactant) + virus.quantities["bare"],
    "1",
    "what blood passes without air",
)
m.relax(ratio, "gas exchange", best / (1 + shunt), mixing)

# --- circulation -------------------------------------------------------------------------------------------

circulation = m = Module("circulation", "organ", "pressure and lactate")
normal_map = number(m, "normal_map", 90.0, "mmHg", 0.06)
widening = number(m, "widening", 0.35, "1", 0.25)
low_map = number(m, "low_map", 50.0, "mmHg")
lactate_rate = number(m, "lactate_rate", 0.5, "mmol/L/h")
lactate_loss = number(m, "lactate_loss", 0.5, "1/h")

pressure = m.species("pressure", "mmHg", "arterial pressure", initial=normal_map, scale=1, within=(20, 150))
lactate = m.species("lactate", "mmol/L", "lactate", initial=lactate_rate / lactate_loss, scale=0.1)
tone = plasma / normal_volume * (1 + widening) / (1 + widening * dilator)
m.relax(pressure, "tone", normal_map * tone, 2 * mixing)
starved = m.observable(
    "starved", falls(pressure, low_map, 8) + falls(ratio, limit / 4, 4), "1", "tissue without oxygen"
)
m.produce(lactate, "production", lactate_rate * (1 + 12 * starved))
m.remove(lactate, "use", lactate_loss * lactate)

# --- clotting ----------------------------------------------------------------------------------------------

clotting = m = Module("clotting", "organ", "tissue factor to D-dimer")
expression = number(m, "expression", 0.06, "1/h")
shedding = number(m, "shedding", 0.1, "1/h")
burst = number(m, "burst", 6.0, "nmol/L/h")
capture = number(m, "capture", 6.0, "1/h")
strength = number(m, "strength", 0.05, "L/nmol/h", 0.25)
thrombin_half = number(m, "thrombin_half", 1.5, "nmol/L")
renewal = number(m, "renewal", 0.02, "1/h")
normal_platelets = number(m, "normal_platelets", 250.0, "10^9/L", 0.2)
platelet_renewal = number(m, "platelet_renewal", 0.006, "1/h")
normal_fibrinogen = number(m, "normal_fibrinogen", 3.0, "g/L")
dimer_rest = number(m, "dimer_rest", 0.3, "mg/L")
dimer_loss = number(m, "dimer_loss", 0.09, "1/h")

factor = m.species("factor", "1", "tissue factor", scale=0.1)
thrombin = m.species("thrombin", "nmol/L", "thrombin", scale=0.1)
antithrombin = share(m, "antithrombin", "antithrombin", 1)
platelets = m.species("platelets", "10^9/L", "platelets", initial=normal_platelets, scale=10)
fibrinogen = m.species("fibrinogen", "g/L", "fibrinogen", initial=normal_fibrinogen, scale=0.1)
dimer = m.species("dimer", "mg/L", "D-dimer", initial=dimer_rest, scale=0.1)
m.produce(factor, "expression", expression * (active_wall + active))
m.remove(factor, "shedding", shedding * factor)
m.stimulate(heard, thrombin / thrombin_half, "thrombin")
m.produce(thrombin, "burst", burst * factor * platelets / normal_platelets)
m.remove(thrombin, "capture", capture * (0.1 + antithrombin) * thrombin)
m.relax(antithrombin, "renewal", 1, renewal)
m.remove(antithrombin, "use", strength * thrombin * antithrombin)
m.relax(platelets, "renewal", normal_platelets, platelet_renewal)
m.remove(platelets, "use", strength * thrombin * platelets)
m.relax(fibrinogen, "synthesis", normal_fibrinogen * (1 + 2 * rises(il6_signal, half_il6)), renewal)
m.react("clot and lysis", strength * thrombin * fibrinogen, {fibrinogen: -1, dimer: 0.1})
m.relax(dimer, "turnover", dimer_rest, dimer_loss)

# --- kidney ------------------------------------------------------------------------------------------------

kidney = m = Module("kidney", "organ", "filtration and creatinine")
harm = number(m, "harm", 0.03, "1/h")
recovery = number(m, "recovery", 0.008, "1/h")
creatinine_rate = number(m, "creatinine_rate", 4.5, "umol/L/h")
filtration = number(m, "filtration", 0.056, "1/h")

function = share(m, "function", "filtration left", 1)
creatinine = m.species("creatinine", "umol/L", "creatinine", initial=creatinine_rate / filtration, scale=10)
m.remove(function, "injury", harm * (starved + damage**2) * function)
m.produce(function, "recovery", recovery * (1 - function))
m.produce(creatinine, "production", creatinine_rate)
m.remove(creatinine, "filtration", filtration * (0.05 + function) * creatinine)

# --- liver and fever ---------------------------------------------------------------------------------------

liver = m = Module("liver", "organ", "CRP, ferritin and albumin")
delay = number(m, "delay", 0.15, "1/h")
crp_rate = number(m, "crp_rate", 11.0, "mg/L/h", 0.25)
crp_rest = number(m, "crp_rest", 1.0, "mg/L")
crp_loss = number(m, "crp_loss", 0.0365, "1/h")
ferritin_rate = number(m, "ferritin_rate", 150.0, "ng/mL/h", 0.25)
ferritin_rest = number(m, "ferritin_rest", 150.0, "ng/mL", 0.35)
ferritin_loss = number(m, "ferritin_loss", 0.023, "1/h")
albumin_rest = number(m, "albumin_rest", 40.0, "g/L")
albumin_turnover = number(m, "albumin_turnover", 0.002, "1/h")
escape = number(m, "escape", 0.005, "1/h")

order = m.species("order", "1", "acute-phase proteins ordered", scale=0.1)
crp = m.species("crp", "mg/L", "C-reactive protein", initial=crp_rest)
ferritin = m.species("ferritin", "ng/mL", "ferritin", initial=ferritin_rest, scale=10)
albumin = m.species("albumin", "g/L", "albumin", initial=albumin_rest)
m.relax(order, "transcription", rises(il6_signal, half_il6 / 2), delay)
m.relax(crp, "turnover", crp_rest, crp_loss)
m.produce(crp, "synthesis", crp_rate * order)
m.relax(ferritin, "turnover", ferritin_rest, ferritin_loss)
m.produce(ferritin, "release", ferritin_rate * (active * rises(ifng, half_ifng) * 5 + 0.5 * damage))
m.relax(albumin, "turnover", albumin_rest, albumin_turnover)
m.remove(albumin, "escape", escape * leak * albumin)

fever = m = Module("fever", "organ", "body temperature")
normal = number(m, "normal", 36.8, "degC")
most = number(m, "most", 3.5, "degC", 0.2)
lag = number(m, "lag", 0.4, "1/h")
core = m.species("core", "degC", "core temperature", initial=normal, scale=0.1, within=(34, 43))
pyrogens = tnf / half_tnf + il6_signal / half_il6 + il1 / half_tnf * 5
m.relax(core, "heat balance", normal + most * pyrogens / (1 + pyrogens), lag)
