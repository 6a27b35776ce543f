"""Macrophages and monocytes of the tissues: the cells that respond first, and what they secrete.

A stimulated cell runs through one programme: it is triggered, transcribes, secretes early mediators
(TNF), turns, secretes late ones (IL-6, IL-8, IL-1β), goes on with a little while it quietens, and is
tolerant for weeks before it can respond again. The lags, the order of the peaks, and tolerance all come
from this one path.
"""

from cytostorm.library.kinetics import damped, rises
from cytostorm.library.mediators import ccl2, cortisol, il1b, il1ra, il6, il8, il10, loop, tnf
from cytostorm.model import LogNormal, Module, Species

FIT = "to the endotoxin curves at 1 and 2 ng/kg"

m = Module(
    "macrophage",
    "cell",
    "tissue macrophages and monocytes",
    about="Cells are counted as shares of the normal pool. Left out: polarisation, death, recruitment "
    "from blood.",
)

# --- the programme: one cell is in one state ---------------------------------------------------------


def state(name: str, label: str, initial: int = 0) -> Species:
    """Declare a state of the cells, as a share of the pool."""
    return m.species(name, "1", label, initial=initial, scale=0.01, within=(0, 1))


resting = state("resting", "able to respond", initial=1)
triggered = state("triggered", "stimulated, signalling")
transcribing = state("transcribing", "transcribing")
early = state("early", "secreting early mediators")
turning = state("turning", "turning to late mediators")
turned = state("turned", "about to secrete late mediators")
late = state("late", "secreting late mediators")
quieting = state("quieting", "quietening down")
tolerant = state("tolerant", "tolerant")
recovering = state("recovering", "recovering from tolerance")
m.conserve(
    "macrophages",
    resting + triggered + transcribing + early + turning + turned + late + quieting + tolerant + recovering,
)

stimulus = m.drive(
    "stimulus",
    "1",
    "danger signals at the sensors, each 0 to 1; parallel sources add",
)
activation = m.parameter(
    "activation",
    1.4,
    "1/h",
    "rate of triggering at full stimulus",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.15),
)
pace = m.parameter(
    "pace",
    2.332,
    "1/h",
    "rate of each step of the programme",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.04),
)
silence = m.parameter(
    "silence",
    0.3,
    "1/h",
    "rate of falling silent",
    source="assumed",
    note="the slowest that the tail of the curves allows",
)
recovery = m.parameter(
    "recovery",
    0.002,
    "1/h",
    "rate of each of two steps out of tolerance",
    source="calibrated",
    note="to the fifth daily dose of 2 ng/kg (Draisma2009), which gives an upper bound",
)

m.move(resting, triggered, "activation", activation * stimulus * resting)
m.move(triggered, transcribing, "signalling", pace * triggered)
m.move(transcribing, early, "transcription", pace * transcribing)
m.move(early, turning, "end of early secretion", pace * early)
m.move(turning, turned, "turning", pace * turning)
m.move(turned, late, "start of late secretion", pace * turned)
m.move(late, quieting, "end of late secretion", pace * late)
m.move(quieting, tolerant, "falling silent", silence * quieting)
m.move(tolerant, recovering, "start of recovery", recovery * tolerant)
m.move(recovering, resting, "recovery", recovery * recovering)

# --- what neighbours say -------------------------------------------------------------------------------

half_tnf = m.parameter(
    "half_tnf",
    284.0,
    "pg/mL",
    "TNF of half amplification, in the typical person",
    source="calibrated",
    note=FIT,
)
half_il1 = m.parameter(
    "half_il1",
    20.0,
    "pg/mL",
    "IL-1 signal of half amplification",
    source="assumed",
    note="it acts as TNF does, nearby and at low levels; endotoxin data do not tell them apart",
)
neighbours = m.observable(
    "neighbours",
    tnf.signal / (half_tnf * tnf.spillover) + il1b.signal / half_il1,
    "1",
    "TNF and IL-1 around the cell, weighted",
)
amplification = m.observable("amplification", rises(neighbours, 1, 3), "1", "amplification by TNF and IL-1")

secretion = m.gain("secretion", "what damps or raises inflammatory secretion; independent actions multiply")
plenty = m.gain("plenty", "what raises secretion of these cells alone; independent actions multiply")
half_il10 = m.parameter(
    "half_il10",
    60.0,
    "pg/mL",
    "IL-10 of half its braking",
    source="assumed",
    note="near its peak after 2 ng/kg; the curves do not tell it from the share braked",
)
most_il10 = m.parameter(
    "most_il10", 0.805, "1", "largest share that IL-10 brakes", source="calibrated", note=FIT
)
half_cortisol = m.parameter(
    "half_cortisol",
    900.0,
    "nmol/L",
    "cortisol of half its braking",
    source="assumed",
    note="near its peak under stress",
)
most_cortisol = m.parameter(
    "most_cortisol",
    0.5,
    "1",
    "largest share that cortisol brakes",
    source="assumed",
    note="part of secretion is insensitive to it",
)
m.modulate(secretion, damped(il10.signal, half_il10, loop.held(most_il10)), "IL-10 damps secretion")
m.modulate(
    secretion,
    damped(cortisol.effect, half_cortisol, loop.held(most_cortisol), 2),
    "cortisol damps secretion",
)

# --- what is secreted, and when ------------------------------------------------------------------------

tnf_rate = m.parameter(
    "tnf_rate",
    5860.0,
    "pg/mL/h",
    "TNF secretion of the whole pool",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.25),
)
tnf_tail = m.parameter(
    "tnf_tail", 0.0168, "1", "share that quietening cells go on with", source="calibrated", note=FIT
)
m.produce(
    tnf.level,
    "secretion by macrophages",
    tnf_rate * tnf.spillover * (early + tnf_tail * quieting) * secretion * plenty,
)

il1b_rate = m.parameter(
    "il1b_rate",
    54.7,
    "pg/mL/h",
    "IL-1β secretion of the whole pool",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.3),
)
m.produce(il1b.level, "secretion by macrophages", il1b_rate * late * secretion)

alone = m.parameter(
    "alone",
    0.03,
    "1",
    "share of IL-6 and IL-8 secreted without amplification",
    source="assumed",
    note="small: both rise only when TNF is there",
)
helped = alone + (1 - alone) * amplification
il6_rate = m.parameter(
    "il6_rate",
    80500.0,
    "pg/mL/h",
    "IL-6 secretion of the whole pool, fully amplified",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.35),
)
m.produce(il6.level, "secretion by macrophages", il6_rate * late * helped * secretion * plenty)

il8_rate = m.parameter(
    "il8_rate",
    76500.0,
    "pg/mL/h",
    "IL-8 secretion of the whole pool, fully amplified",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.06),
)
il8_tail = m.parameter(
    "il8_tail", 0.0042, "1", "share that quietening cells go on with", source="calibrated", note=FIT
)
m.produce(
    il8.level,
    "secretion by macrophages",
    il8_rate * (late * helped + il8_tail * quieting) * secretion * plenty,
)

ccl2_rate = m.assumed(
    "ccl2_rate",
    20000.0,
    "pg/mL/h",
    "CCL2 secretion of the whole pool, fully amplified",
    "rises severalfold after endotoxin; no level of it was fitted",
)
m.stimulate(ccl2.secretion, ccl2_rate * late * helped * secretion * plenty, "resident macrophages")

il10_rate = m.parameter(
    "il10_rate",
    84,
    "pg/mL/h",
    "IL-10 secretion of the whole pool without IL-6",
    source="calibrated",
    note=FIT,
    spread=LogNormal(1.45),
)
il10_by_il6 = m.parameter(
    "il10_by_il6", 2, "1", "rise of IL-10 secretion at full IL-6", source="calibrated", note=FIT
)
il10_half = m.parameter(
    "il10_half",
    800.0,
    "pg/mL",
    "IL-6 of half that rise",
    source="calibrated",
    note=FIT + ", at the upper bound of the search",
)
il10_by_cortisol = m.assumed(
    "il10_by_cortisol",
    8,
    "1",
    "more IL-10 at full cortisol",
    "glucocorticoids induce it: prednisolone before endotoxin raises it",
)
induced = m.observable(
    "induced",
    (1 + il10_by_cortisol * rises(cortisol.effect, half_cortisol, 2))
    / (1 + il10_by_cortisol * rises(cortisol.baseline, half_cortisol, 2)),
    "1",
    "IL-10 that cortisol induces, relative to rest",
)
m.produce(
    il10.level,
    "secretion by macrophages",
    il10_rate * (turning + turned + late) * induced * (1 + il10_by_il6 * rises(il6.signal, il10_half, 2)),
)

il1ra_rate = m.parameter(
    "il1ra_rate",
    289.0,
    "pg/mL/h",
    "IL-1RA secretion of the whole pool",
    source="calibrated",
    note="to a peak about 100 times that of IL-1β (Granowitz1991)",
    spread=LogNormal(1.3),
)
m.produce(il1ra.level, "secretion by macrophages", il1ra_rate * (late + quieting))
