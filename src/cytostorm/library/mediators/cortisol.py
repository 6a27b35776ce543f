"""Cortisol: the adrenal's response to cytokines, and a brake on them."""

from cytostorm.library.mediators._load import load_above_rest
from cytostorm.model import LogNormal, Module

NO_ROW = "set for a threefold rise at 4 h after 2 ng/kg; no row to calibrate on"

m = Module(
    "cortisol",
    "mediator",
    "cortisol",
    about="It follows the cytokines through hypothalamus and pituitary, here one first-order step. "
    "The rhythm of the day is left out.",
)

baseline = m.parameter(
    "baseline",
    300.0,
    "nmol/L",
    "level at rest",
    source="assumed",
    note="usual morning level",
    spread=LogNormal(1.2),
)
turnover = m.parameter(
    "turnover", 0.5, "1/h", "turnover rate", source="assumed", note="half-life of 1.4 h, within 1.3 to 2.3 h"
)
rise = m.parameter(
    "rise", 4.0, "1", "largest rise above rest, in multiples of rest", source="assumed", note=NO_ROW
)
most_il6 = m.assumed(
    "most_il6",
    0.4,
    "1",
    "drive of full IL-6, where 1 is half of the most",
    "cortisol stays high when IL-6 is blocked",
)
half_il6 = m.parameter("half_il6", 60.0, "pg/mL", "IL-6 of half of that", source="assumed", note=NO_ROW)
half_tnf = m.parameter("half_tnf", 300.0, "pg/mL", "TNF of half the drive", source="assumed", note=NO_ROW)
half_il1 = m.parameter(
    "half_il1",
    100.0,
    "pg/mL",
    "IL-1 signal of half the drive",
    source="assumed",
    note="such that blocking IL-1 in health changes next to nothing; endotoxin data do not tell it from TNF",
)

load = load_above_rest(
    m, "cytokines that call for cortisol, weighted", half=(half_tnf, half_il6, half_il1), most_il6=most_il6
)
more = m.quantities["more"]
level = m.species("level", "nmol/L", "cortisol in plasma", initial=baseline, scale=100)
adrenal = m.gain("adrenal", "what stills the adrenal; independent actions multiply")
m.relax(level, "adrenal response", baseline * (1 + rise * load) * adrenal, turnover)
given = m.drive("given", "nmol/L", "glucocorticoids given, as the cortisol that would do the same")
effect = m.observable("effect", level + given, "nmol/L", "cortisol, and what was given, as cells feel it")
