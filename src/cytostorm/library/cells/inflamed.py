"""Inflammatory macrophages: what monocytes become where damage, microbes or interferon-γ hold them.

Two pools, each a share of the largest possible: one where it starts, one in liver, spleen and marrow. They
stay for days, sense microbes and alarmins, and secrete in proportion; what they do to tissue makes alarmins,
and these hold them: the loop of the storm. Its strength and its brakes are numbers here, so that they can be cut.
"""

from cytostorm.library.cells import macrophage
from cytostorm.library.kinetics import Expr, damped, rises
from cytostorm.library.mediators import (
    ccl2,
    cortisol,
    damp,
    gcsf,
    gmcsf,
    ifng,
    il1b,
    il1ra,
    il6,
    il8,
    il10,
    il12,
    il18,
    pamp,
    tgfb,
    tnf,
)
from cytostorm.library.person import inflammasome
from cytostorm.model import LogNormal, Module

m = Module(
    "inflamed",
    "cell",
    "inflammatory macrophages",
    about="Monocyte-derived macrophages that persist. Primed by interferon-γ they make IL-12, IL-18 and chemokines; "
    "sensing microbes or alarmins they make TNF, IL-1β, IL-6 and IL-8. Resident macrophages are in `macrophage`.",
)

feedback = m.assumed(
    "feedback",
    1.0,
    "1",
    "what cytokines and damage do back to the cells; 0 cuts the loop",
    "1 by definition",
    spread=LogNormal(1.15),
)
brakes = m.assumed(
    "brakes", 1.0, "1", "what IL-10, cortisol and tolerance hold back; 0 cuts the brakes", "1 by definition"
)

pace_body = m.assumed(
    "pace_body",
    0.1,
    "1/h",
    "the same for those of liver and spleen, which are there already",
    "within half a day",
)
pace = m.assumed(
    "pace", 0.012, "1/h", "rate of becoming inflammatory at full call", "monocytes turn within a day"
)
loss = m.parameter(
    "loss", 0.0125, "1/h", "loss of inflammatory macrophages", source="Jenner2021", note="0.3 per day"
)
sensing = m.assumed("sensing", 1.0, "1", "call of microbes at full strength", "the unit of calls")
half_damp = m.assumed("half_damp", 1.0, "1", "alarmins of half call", "the unit of alarmins")
half_damp_body = m.assumed(
    "half_damp_body",
    2.0,
    "1",
    "alarmins of half call in liver and spleen",
    "these clear debris all life long",
)
steep = m.assumed(
    "steep", 3.0, "1", "steepness for alarmins", "Reynolds2006 needs a steep damage term for a threshold"
)
priming = m.assumed("priming", 1.0, "1", "call of interferon-γ at full strength", "as strong as microbes")
half_ifng = m.assumed(
    "half_ifng", 150.0, "pg/mL", "interferon-γ of half priming", "above infection, below a storm"
)
more_gmcsf = m.assumed("more_gmcsf", 1.0, "1", "more recruitment at full GM-CSF", "doubles it")
half_gmcsf = m.assumed("half_gmcsf", 20.0, "pg/mL", "GM-CSF of half that", "ten times the level at rest")

# --- the site: its own cytokines, which reach plasma as far as vessels let them ---------------------------

site = m.species("site", "1", "inflammatory macrophages at the site", scale=0.01, within=(0, 1))
body = m.species(
    "body", "1", "inflammatory macrophages in liver, spleen and marrow", scale=0.01, within=(0, 1)
)
tolerance = m.species("tolerance", "1", "tolerance of their precursors", scale=0.01, within=(0, 1))

escape_at_rest = m.assumed(
    "escape_at_rest",
    0.02,
    "1",
    "share of what the site secretes that reaches plasma through intact vessels",
    "small: lavage holds far more than plasma",
)
leaking = m.drive("leaking", "1", "further share that gets through injured vessels")
escape = m.observable(
    "escape", escape_at_rest + leaking, "1", "share of what the site secretes that reaches plasma"
)
size = m.assumed(
    "size",
    0.3,
    "1",
    "size of the site against the whole body's pool",
    "a lung against liver, spleen and marrow",
    spread=LogNormal(1.25),
)
concentration = m.assumed(
    "concentration",
    10.0,
    "1",
    "how much more concentrated a secretion is in the site's fluid than spread over plasma",
    "0.3 L of fluid in an inflamed lung against 3 L of plasma",
)

ifng_site = m.drive("ifng_site", "pg/mL/h", "interferon-γ made at the site, per volume of plasma")
tissue_ifng = m.observable(
    "tissue_ifng",
    ifng.level + concentration * ifng_site / ifng.elimination,
    "pg/mL",
    "interferon-γ in the site's fluid",
)

alarm_site = m.observable(
    "alarm_site", rises(damp.site, half_damp, steep), "1", "alarmins at the site, sensed"
)
alarm_body = m.observable(
    "alarm_body", rises(damp.body, half_damp_body, steep), "1", "alarmins in the circulation, sensed"
)
danger_site = m.observable(
    "danger_site", pamp.site + feedback * alarm_site, "1", "microbes and alarmins at the site"
)
danger_body = m.observable(
    "danger_body", pamp.blood + feedback * alarm_body, "1", "microbes and alarmins in the circulation"
)
primed_site = m.observable(
    "primed_site",
    rises(tissue_ifng - ifng.baseline, half_ifng, 2),
    "1",
    "priming by interferon-γ at the site",
)
primed_body = m.observable("primed_body", rises(ifng.excess, half_ifng, 2), "1", "priming by interferon-γ")
recruited = m.observable(
    "recruited",
    1 + more_gmcsf * feedback * rises(gmcsf.secretion / gmcsf.elimination, half_gmcsf, 2),
    "1",
    "recruitment by GM-CSF",
)

recruitment = m.gain("recruitment", "what damps becoming inflammatory; independent actions multiply")
half_il10 = m.assumed(
    "half_il10", 60.0, "pg/mL", "IL-10 of half braking", "as for secretion by resident macrophages"
)
most_il10 = m.assumed(
    "most_il10",
    0.5,
    "1",
    "largest share that IL-10 brakes",
    "never all: partial inhibition keeps storms possible",
)
half_cortisol = m.assumed("half_cortisol", 900.0, "nmol/L", "cortisol of half braking", "as for secretion")
most_cortisol = m.assumed(
    "most_cortisol", 0.4, "1", "largest share that cortisol brakes", "part is insensitive"
)
most_tolerance = m.assumed(
    "most_tolerance",
    0.85,
    "1",
    "largest share that tolerance brakes",
    "monocytes of paralysed patients respond to a tenth",
)
m.modulate(recruitment, damped(il10.level, half_il10, brakes * most_il10), "IL-10 damps it")
m.modulate(recruitment, damped(cortisol.level, half_cortisol, brakes * most_cortisol, 2), "cortisol damps it")
m.modulate(recruitment, 1 - brakes * most_tolerance * tolerance, "tolerance damps it")

contact = m.drive("contact", "1", "contact with engaged T cells (CD40), which also makes them inflammatory")
m.produce(
    site,
    "call at the site",
    pace * (sensing * danger_site + feedback * priming * primed_site) * recruited * recruitment * (1 - site),
)
m.produce(
    body,
    "call in the body",
    pace_body
    * (sensing * danger_body + feedback * (priming * primed_body + contact))
    * recruited
    * recruitment
    * (1 - body),
)
m.remove(site, "loss at the site", loss * site)
m.remove(body, "loss in the body", loss * body)

tiring = m.assumed(
    "tiring",
    0.008,
    "1/h",
    "rate at which lasting inflammation makes tolerant",
    "within a week",
    spread=LogNormal(1.2),
)
resting = m.assumed(
    "resting",
    0.002,
    "1/h",
    "rate at which tolerance fades",
    "half-life of two weeks, as immunoparalysis lasts",
)
m.produce(tolerance, "tiring", tiring * (site * size + body) / (size + 1) * 2 * (1 - tolerance))
m.remove(tolerance, "fading", resting * tolerance)

# --- what they secrete ------------------------------------------------------------------------------------

idle = m.assumed(
    "idle",
    0.05,
    "1",
    "share secreted without danger signals",
    "small, as primed cells without danger are quiet",
)
active_site = m.observable(
    "active_site", site * (idle + rises(danger_site, 1)), "1", "cells at the site that sense danger"
)
touched = m.assumed(
    "touched",
    0.3,
    "1",
    "danger for which contact with T cells counts",
    "CD40 alone makes less than microbes do",
)
active_body = m.observable(
    "active_body",
    body * (idle + rises(danger_body + feedback * touched * contact, 1)),
    "1",
    "cells in the body that sense danger",
)


potent = macrophage.secretion * (1 - brakes * most_tolerance * tolerance)


def secrete(name: str, label: str, rate: float, note: str, spread: float | None = None) -> tuple[Expr, Expr]:
    """Declare a secretion of the whole pool; return what the site and the body secrete, per volume of plasma."""
    top = m.assumed(
        f"{name}_rate",
        rate,
        "pg/mL/h",
        f"{label} secretion of the whole pool",
        note,
        spread=LogNormal(spread) if spread else None,
    )
    return top * size * potent, top * potent


helped = 1 + macrophage.amplification
tnf_site, tnf_body = secrete("tnf", "TNF", 900, "for plasma TNF near 100 pg/mL in a storm")
il6_site, il6_body = secrete("il6", "IL-6", 25000, "for IL-6 of 1000 to 10000 pg/mL in cytokine release", 1.5)
il8_site, il8_body = secrete("il8", "IL-8", 9000, "for IL-8 of tens in COVID-19, hundreds in sepsis", 1.2)
il1b_site, il1b_body = secrete("il1b", "IL-1β", 40.0, "plasma IL-1β hardly rises in a storm")
for species, at_site, in_body in (
    (tnf.level, tnf_site, tnf_body),
    (il6.level, il6_site * helped, il6_body * helped),
    (il8.level, il8_site, il8_body),
    (il1b.level, il1b_site * inflammasome, il1b_body * inflammasome),
):
    m.produce(
        species,
        "secretion by inflammatory macrophages",
        at_site * active_site * escape + in_body * active_body,
    )

most_il10_rate = m.assumed(
    "il10_rate", 120.0, "pg/mL/h", "IL-10 secretion of the whole pool", "for IL-10 near 10 pg/mL in COVID-19"
)
more_il10 = m.assumed(
    "more_il10", 8.0, "1", "how many times more under interferon-γ and IL-6", "IL-10 near 900 pg/mL in HLH"
)
il10_site = m.observable(
    "il10_site",
    most_il10_rate * size * site * (1 + more_il10 * primed_site),
    "pg/mL/h",
    "IL-10 made at the site",
)
m.produce(
    il10.level,
    "secretion by inflammatory macrophages",
    il10_site * escape + most_il10_rate * body * (1 + more_il10 * primed_body),
)
il1ra_rate = m.assumed(
    "il1ra_rate", 400, "pg/mL/h", "IL-1RA secretion of the whole pool", "hundreds of pg/mL"
)
m.produce(il1ra.level, "secretion by inflammatory macrophages", il1ra_rate * (size * site * escape + body))
il12_rate = m.assumed(
    "il12_rate", 6.0, "pg/mL/h", "IL-12 secretion of the whole pool, primed", "for tens of pg/mL in a storm"
)
m.produce(
    il12.excess,
    "secretion by inflammatory macrophages",
    il12_rate * feedback * potent * (size * site * primed_site * escape + body * primed_body),
)
il18_rate = m.assumed(
    "il18_rate", 12.0, "pg/mL/h", "IL-18 release of the whole pool", "for a doubling in COVID-19 (Lucas2020)"
)
m.produce(
    il18.excess,
    "inflammasomes of inflammatory macrophages",
    il18_rate
    * inflammasome
    * (size * active_site * escape + body * (idle + rises(danger_body, 1) + primed_body)),
)
gmcsf_rate = m.assumed(
    "gmcsf_rate", 3.0, "pg/mL/h", "GM-CSF secretion of the whole pool", "less than T cells"
)
m.stimulate(
    gmcsf.secretion, gmcsf_rate * (size * active_site * escape + active_body), "inflammatory macrophages"
)
gcsf_rate = m.assumed(
    "gcsf_rate", 400.0, "pg/mL/h", "G-CSF secretion of the whole pool", "for thousands of pg/mL in sepsis"
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
m.stimulate(ccl2.secretion, ccl2_rate * (size * site * escape + body), "inflammatory macrophages")
tgfb_rate = m.assumed("tgfb_rate", 600.0, "pg/mL/h", "TGF-β of tolerant precursors", "doubles it")
m.stimulate(tgfb.secretion, tgfb_rate * tolerance, "tolerant macrophages")
m.stimulate(il6.shedding, 1.0 * body, "shedding of the receptor by inflammatory macrophages")

# --- what the site's fluid holds -----------------------------------------------------------------------------

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
tissue_il10 = m.observable(
    "tissue_il10",
    il10.baseline + concentration * il10_site / il10.elimination,
    "pg/mL",
    "IL-10 in the site's fluid",
)
