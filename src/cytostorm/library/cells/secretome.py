"""What inflammatory macrophages secrete: in the body, and at the site, whence vessels let some of it.

Those that sense microbes or alarmins make TNF, IL-1β, IL-6 and IL-8; those primed by interferon-γ make
most IL-12, IL-18 and, with IL-6 about, IL-10.
"""

from cytostorm.library.cells import inflamed, macrophage
from cytostorm.library.kinetics import Expr, rises
from cytostorm.library.mediators import (
    ccl2,
    gcsf,
    gmcsf,
    il1b,
    il1ra,
    il6,
    il8,
    il10,
    il12,
    il18,
    sil2r,
    tgfb,
    tnf,
)
from cytostorm.library.person import inflammasome
from cytostorm.model import LogNormal, Module

m = Module(
    "secretome",
    "cell",
    "what inflammatory macrophages secrete",
    about="Rates of the whole pool of the body; the site's pool is smaller by its size.",
)

potent = inflamed.potency
size, escape, concentration = inflamed.size, inflamed.escape, inflamed.concentration
site, body, tolerance = inflamed.site, inflamed.body, inflamed.tolerance
active_site, active_body = inflamed.active_site, inflamed.active_body
primed_site, primed_body = inflamed.primed_site, inflamed.primed_body
feedback, idle = inflamed.feedback, inflamed.idle


def secrete(name: str, label: str, rate: float, note: str, spread: float | None = None) -> tuple[Expr, Expr]:
    """Declare a secretion of the whole pool; return what site and body secrete, per volume of plasma."""
    top = m.calibrated(
        f"{name}_rate",
        rate,
        "pg/mL/h",
        f"{label} secretion of the whole pool",
        note,
        spread=LogNormal(spread) if spread else None,
    )
    return top * size * potent, top * potent


helped = 1 + macrophage.amplification
by_contact = m.calibrated(
    "by_contact",
    36,
    "1",
    "how many times more IL-6 the body's cells make in full contact with T cells",
    "to published rates, times and levels of cytokine release; CD40 ligand calls IL-6 from them, and HLH, a "
    "storm of interferon-γ, has little of it",
)
half_contact = m.assumed(
    "half_contact",
    0.0127,
    "1",
    "contact of half that",
    "so that IL-6 is high from early release on, and no release makes more than the highest measured",
)
called = 1 + feedback * by_contact * rises(inflamed.contact, half_contact)
tnf_site, tnf_body = secrete("tnf", "TNF", 1500, "for plasma TNF near 100 pg/mL in a storm")
il6_site, il6_body = secrete("il6", "IL-6", 50000, "for IL-6 of 1000 to 10000 pg/mL in cytokine release", 1.5)
il8_site, il8_body = secrete("il8", "IL-8", 40000, "for IL-8 of tens in COVID-19, hundreds in sepsis", 1.2)
il1b_site, il1b_body = secrete("il1b", "IL-1β", 40.0, "plasma IL-1β hardly rises in a storm")
for species, at_site, in_body in (
    (tnf.level, tnf_site, tnf_body),
    (il6.level, il6_site * helped, il6_body * helped * called),
    (il8.level, il8_site, il8_body),
    (il1b.level, il1b_site * inflammasome, il1b_body * inflammasome),
):
    m.produce(
        species,
        "secretion by inflammatory macrophages",
        at_site * active_site * escape + in_body * active_body,
    )

il10_rate = m.calibrated(
    "il10_rate",
    346,
    "pg/mL/h",
    "IL-10 secretion of the whole pool",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); for IL-10 near 10 "
    "pg/mL in COVID-19",
)
more_il10 = m.calibrated(
    "more_il10",
    3.8,
    "1",
    "how many times more under interferon-γ",
    "to IL-10 of severe COVID-19 (Lucas2020); IL-10 of hundreds in HLH",
)
by_il6 = m.assumed("by_il6", 1.0, "1", "how many times more at full IL-6", "as in resident macrophages")
half_il6 = m.assumed("half_il6", 800.0, "pg/mL", "IL-6 of half that", "as in resident macrophages")
answered = macrophage.induced * (1 + by_il6 * rises(il6.signal, half_il6, 2))
il10_site = m.observable(
    "il10_at_site",
    il10_rate * size * (active_site + more_il10 * site * primed_site) * answered,
    "pg/mL/h",
    "IL-10 made at the site",
)
m.produce(
    il10.level,
    "secretion by inflammatory macrophages",
    il10_site * escape + il10_rate * (active_body + more_il10 * body * primed_body) * answered,
)
m.stimulate(inflamed.il10_site, il10_site, "macrophages at the site")
il1ra_rate = m.assumed(
    "il1ra_rate", 400, "pg/mL/h", "IL-1RA secretion of the whole pool", "hundreds of pg/mL"
)
m.produce(il1ra.level, "secretion by inflammatory macrophages", il1ra_rate * (size * site * escape + body))
il12_rate = m.assumed(
    "il12_rate", 6.0, "pg/mL/h", "IL-12 secretion of the whole pool, primed", "for tens of pg/mL in a storm"
)
unprimed = m.calibrated(
    "unprimed",
    0.2,
    "1",
    "IL-12 of cells that sense danger, against that of primed ones",
    "to published levels and deaths in sepsis and pneumonia; danger or contact alone makes little of it",
)
m.produce(
    il12.excess,
    "secretion by inflammatory macrophages",
    il12_rate
    * feedback
    * potent
    * (size * site * primed_site * escape + body * primed_body + unprimed * active_body),
)
il18_rate = m.calibrated(
    "il18_rate",
    200,
    "pg/mL/h",
    "IL-18 release of the whole pool",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); for a doubling in "
    "COVID-19 (Lucas2020)",
)
m.produce(
    il18.excess,
    "inflammasomes of inflammatory macrophages",
    il18_rate
    * inflammasome
    * (size * active_site * escape + body * (idle + rises(inflamed.danger_body, 1) + primed_body)),
)
gmcsf_rate = m.assumed(
    "gmcsf_rate", 3.0, "pg/mL/h", "GM-CSF secretion of the whole pool", "less than T cells"
)
m.stimulate(
    gmcsf.secretion, gmcsf_rate * (size * active_site * escape + active_body), "inflammatory macrophages"
)
gcsf_rate = m.assumed(
    "gcsf_rate", 400.0, "pg/mL/h", "G-CSF secretion of the whole pool", "for hundreds of pg/mL in sepsis"
)
m.stimulate(
    gcsf.secretion, gcsf_rate * (size * active_site * escape + active_body), "inflammatory macrophages"
)
ccl2_rate = m.assumed(
    "ccl2_rate",
    3000.0,
    "pg/mL/h",
    "CCL2 secretion of the whole pool",
    "for a rise of half in COVID-19 (Lucas2020)",
)
m.stimulate(ccl2.secretion, ccl2_rate * potent * (size * site * escape + body), "inflammatory macrophages")
tgfb_rate = m.assumed("tgfb_rate", 600.0, "pg/mL/h", "TGF-β of tolerant precursors", "doubles it")
m.stimulate(tgfb.secretion, tgfb_rate * tolerance, "tolerant macrophages")
sil2r_rate = m.assumed(
    "sil2r_rate",
    300,
    "U/mL/h",
    "soluble IL-2 receptor shed by the whole pool at work",
    "macrophages shed it as well",
)
sil2r_primed = m.assumed(
    "sil2r_primed",
    600.0,
    "U/mL/h",
    "soluble IL-2 receptor shed by the whole pool, primed",
    "thousands in HLH",
)
m.produce(
    sil2r.level,
    "shedding by inflammatory macrophages",
    sil2r_rate * (size * active_site + active_body) + sil2r_primed * body * primed_body,
)
shed = m.assumed(
    "shed", 1.0, "1", "IL-6 receptor shed by the whole pool, in multiples of rest", "doubles it in a storm"
)
m.stimulate(il6.shedding, shed * body, "shedding of the receptor by inflammatory macrophages")

# --- what the site's fluid holds ---------------------------------------------------------------------

tissue_tnf = m.observable(
    "tissue_tnf",
    tnf.baseline + concentration * tnf_site * active_site / tnf.elimination,
    "pg/mL",
    "TNF in the site's fluid",
)
tissue_il6 = m.observable(
    "tissue_il6",
    il6.baseline + concentration * il6_site * helped * active_site / il6.elimination,
    "pg/mL",
    "IL-6 in the site's fluid",
)
