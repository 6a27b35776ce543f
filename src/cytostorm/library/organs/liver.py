"""The liver: its acute phase under IL-6, the harm it takes, and what it no longer makes or clears."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import il1ra, il6
from cytostorm.model import LogNormal, Module

m = Module(
    "liver",
    "organ",
    "liver",
    about="Two steps, signalling and synthesis, lie between IL-6 and C-reactive protein in "
    "plasma. Low flow and "
    "macrophages harm it; what is lost no longer makes clotting factors or clears bilirubin.",
)

# --- harm: low flow, alarmins, and macrophages under interferon-γ ------------------------------------

by_flow = m.drive("by_flow", "1/h", "harm by low flow, which the circulation adds")
by_macrophages = m.assumed(
    "by_macrophages",
    0.012,
    "1/h",
    "cells harmed by its macrophages under full interferon-γ",
    "hepatitis of HLH",
)
by_damp = m.assumed(
    "by_damp", 0.006, "1/h", "cells harmed at full activity of its macrophages", "septic liver"
)
mending = m.assumed("mending", 0.012, "1/h", "regrowth of liver cells", "half-life of two to three days")
lost = m.species("lost", "1", "share of the liver that is lost", scale=0.01, within=(0, 1))
harmed_ = (
    by_flow + by_macrophages * inflamed.body * inflamed.primed_body + by_damp * inflamed.active_body
) * (1 - lost)
harmed = m.observable("harmed", harmed_, "1/h", "liver cells dying")
m.produce(lost, "harm", harmed)
m.remove(lost, "regrowth", mending * lost)
making = m.observable("making", 1 - lost, "1", "what is left of synthesis and clearance")

enzyme_loss = m.assumed(
    "enzyme_loss", 0.02, "1/h", "loss of transaminases from plasma", "half-lives of 17 and 47 h"
)
alt_rest = m.assumed("alt_rest", 21.0, "U/L", "ALT at rest", "middle of 7 to 45", spread=LogNormal(1.45))
ast_rest = m.assumed("ast_rest", 22.0, "U/L", "AST at rest", "middle of 10 to 40", spread=LogNormal(1.35))
enzyme_yield = m.assumed(
    "enzyme_yield", 1500.0, "U/L", "transaminases released by a whole liver's cells", "a thousand in shock"
)
enzymes = m.species("enzymes", "U/L", "transaminases above rest", scale=1)
stress = m.drive("stress", "U/L/h", "transaminases that drugs make liver cells release; sources add")
by_block = m.assumed(
    "by_block",
    0.3,
    "U/L/h",
    "transaminases released while IL-6 is blocked fully",
    "15 U/L if it lasts: most rises in labels are below three times the limit",
)
m.stimulate(stress, by_block * (1 - il6.loose * il6.free * il6.passed), "IL-6 no longer guards liver cells")
m.produce(enzymes, "from dying liver cells", enzyme_yield * harmed)
m.produce(enzymes, "released under drugs", stress)
m.remove(enzymes, "loss", enzyme_loss * enzymes)

bilirubin_rest = m.assumed(
    "bilirubin_rest", 9.0, "umol/L", "bilirubin at rest", "below 21 in health", spread=LogNormal(1.5)
)
bilirubin_pace = m.assumed("bilirubin_pace", 0.03, "1/h", "pace of bilirubin", "follows within a day")
most_bilirubin = m.assumed(
    "most_bilirubin",
    0.93,
    "1",
    "share of its clearance that goes with the liver",
    "jaundice when most is lost",
)
more_haem = m.assumed(
    "more_haem",
    6.0,
    "1",
    "more bilirubin that gets into plasma if all is lost",
    "reserve while little is lost, jaundice later",
)
bilirubin = m.species("bilirubin", "umol/L", "bilirubin", initial=bilirubin_rest, scale=1)
m.produce(bilirubin, "from haem", bilirubin_pace * bilirubin_rest * (1 + more_haem * lost**2))
m.remove(bilirubin, "clearance", bilirubin_pace * (1 - most_bilirubin * lost) * bilirubin)

# --- acute phase -------------------------------------------------------------------------------------

independent = m.parameter(
    "independent",
    0.15,
    "mg/L",
    "C-reactive protein without IL-6",
    source="assumed",
    note="chosen so that the typical person has 1 mg/L at rest",
    spread=LogNormal(2.0),
)
most = m.parameter(
    "most",
    350.0,
    "mg/L",
    "C-reactive protein at full IL-6, if it lasted",
    source="assumed",
    note="levels above 300 mg/L are seldom seen, whatever the storm",
    spread=LogNormal(1.3),
)
half = m.parameter(
    "half",
    100,
    "pg/mL",
    "IL-6 of half the rise",
    source="assumed",
    note="a hundred mg/L at an IL-6 of tens that lasts; the peak after 2 ng/kg of endotoxin is 29 of the 42 "
    "mg/L of Barber1993",
)
power = m.parameter(
    "power", 1.3, "1", "steepness", source="assumed", note="at 1 the level at rest would exceed 1 mg/L"
)
pace = m.parameter(
    "pace",
    0.22,
    "1/h",
    "rate of each step",
    source="assumed",
    note="so that C-reactive protein peaks on the next day; no row gives its hour",
)
elimination = m.parameter(
    "elimination",
    0.0365,
    "1/h",
    "loss of C-reactive protein from plasma",
    source="Vigushin1993",
    note="half-life of 19 h, whatever the level",
)

rest = m.observable(
    "rest",
    independent + most * rises(il6.baseline, half, power),
    "mg/L",
    "C-reactive protein of a healthy person",
)
start = independent + most * rises(il6.baseline, half, power)
signal = m.species("signal", "mg/L", "acute-phase signal in the liver", initial=start, scale=1)
synthesis = m.species("synthesis", "mg/L", "acute-phase synthesis", initial=start, scale=1)
crp = m.species("crp", "mg/L", "C-reactive protein in plasma", initial=start, scale=1)
m.relax(signal, "signalling", independent + most * rises(il6.signal, half, power), pace)
m.relax(synthesis, "synthesis", signal, pace)
m.relax(crp, "release and loss", synthesis, elimination)

il1ra_rate = m.assumed(
    "il1ra_rate",
    60,
    "pg/mL/h",
    "IL-1RA made in the full acute phase",
    "the liver makes it on IL-6: sixfold of rest in COVID-19 without much IL-1",
)
half_il1ra = m.assumed(
    "half_il1ra", 60.0, "mg/L", "acute phase of half that, as synthesis of CRP", "both follow IL-6"
)
m.produce(il1ra.level, "acute phase of the liver", il1ra_rate * rises(synthesis - rest, half_il1ra, 2))
