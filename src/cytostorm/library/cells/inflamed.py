"""Inflammatory macrophages: what monocytes become where damage, microbes or interferon-γ hold them.

Two pools, each a share of the largest possible: one where it starts, one in liver, spleen and marrow. They
stay for days, sense microbes and alarmins, and secrete in proportion; what they do to tissue makes alarmins,
and these hold them: the loop of the storm. Its strength and its brakes are numbers here, so that they can
be cut.
"""

from cytostorm.library.cells import macrophage
from cytostorm.library.kinetics import damped, rises
from cytostorm.library.mediators import cortisol, damp, gmcsf, ifng, il10, loop, pamp
from cytostorm.model import LogNormal, Module

m = Module(
    "inflamed",
    "cell",
    "inflammatory macrophages",
    about="Monocyte-derived macrophages that persist. Primed by interferon-γ they make IL-12, "
    "IL-18 and chemokines; "
    "sensing microbes or alarmins they make TNF, IL-1β, IL-6 and IL-8. Resident macrophages are "
    "in `macrophage`.",
)

feedback, held = loop.strength, loop.held

pace_body = m.assumed(
    "pace_body",
    0.1,
    "1/h",
    "the same for those of liver and spleen, which are there already",
    "within half a day",
)
pace = m.calibrated(
    "pace",
    0.0162,
    "1/h",
    "rate of becoming inflammatory at full call",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); a time constant of "
    "two and a half days",
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
priming_body = m.calibrated(
    "priming_body",
    0.239,
    "1",
    "call of interferon-γ in liver and spleen",
    "to published rates, times and levels of cytokine release; less: they are there already and "
    "look after debris",
)
calling = m.calibrated(
    "calling",
    0.67,
    "1",
    "call of contact with T cells at full strength",
    "to published rates, times and levels of cytokine release; as strong as microbes or less",
)
half_ifng = m.calibrated(
    "half_ifng",
    330,
    "pg/mL",
    "interferon-γ of half priming",
    "to ferritin in HLH; above infection, below a storm",
)
more_gmcsf = m.assumed("more_gmcsf", 1.0, "1", "more recruitment at full GM-CSF", "doubles it")
half_gmcsf = m.assumed("half_gmcsf", 20.0, "pg/mL", "GM-CSF of half that", "ten times the level at rest")

# --- the site: its own cytokines, which reach plasma as far as vessels let them ----------------------

site = m.species("site", "1", "inflammatory macrophages at the site", scale=0.01, within=(0, 1))
body = m.species(
    "body", "1", "inflammatory macrophages in liver, spleen and marrow", scale=0.01, within=(0, 1)
)
tolerance = m.species("tolerance", "1", "tolerance of their precursors", scale=0.01, within=(0, 1))

escape_at_rest = m.assumed(
    "escape_at_rest",
    0.03,
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
    0.15,
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

il10_site = m.drive("il10_site", "pg/mL/h", "IL-10 made at the site, per volume of plasma")
tissue_il10 = m.observable(
    "tissue_il10",
    il10.level + concentration * il10_site / il10.elimination,
    "pg/mL",
    "IL-10 in the site's fluid",
)
half_calm = m.calibrated(
    "half_calm",
    315,
    "pg/mL",
    "IL-10 in the site's fluid of half braking there",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); reached in pneumonia",
)
most_calm = m.assumed("most_calm", 0.7, "1", "largest share that it brakes there", "never all")
calm = m.observable(
    "calm",
    damped((tissue_il10 - il10.baseline) * il10.passed, half_calm, held(most_calm), 2),
    "1",
    "what IL-10 at the site leaves of call and harm there",
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
    rises((tissue_ifng - ifng.baseline) * ifng.share, half_ifng, 2),
    "1",
    "priming by interferon-γ at the site",
)
primed_body = m.observable("primed_body", rises(ifng.signal, half_ifng, 2), "1", "priming by interferon-γ")
recruited = m.observable(
    "recruited",
    1 + more_gmcsf * feedback * rises(gmcsf.signal, half_gmcsf, 2),
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
    0.92,
    "1",
    "largest share that tolerance brakes",
    "monocytes of paralysed patients respond to a tenth",
)
m.modulate(recruitment, damped(il10.signal, half_il10, held(most_il10)), "IL-10 damps it")
m.modulate(recruitment, damped(cortisol.effect, half_cortisol, held(most_cortisol), 2), "cortisol damps it")
m.modulate(recruitment, 1 - held(most_tolerance) * tolerance, "tolerance damps it")

contact = m.drive("contact", "1", "contact with engaged T cells (CD40), which also makes them inflammatory")
m.produce(
    site,
    "call at the site",
    pace
    * (sensing * danger_site + feedback * priming * primed_site)
    * recruited
    * recruitment
    * calm
    * (1 - site),
)
m.produce(
    body,
    "call in the body",
    pace_body
    * (sensing * danger_body + feedback * (priming_body * primed_body + calling * contact))
    * recruited
    * recruitment
    * (1 - body),
)
m.remove(site, "loss at the site", loss * site)
m.remove(body, "loss in the body", loss * body)

tiring = m.calibrated(
    "tiring",
    0.006,
    "1/h",
    "rate at which lasting inflammation makes tolerant",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); a time constant of a "
    "week at a full site",
    spread=LogNormal(1.2),
)
resting = m.assumed(
    "resting",
    0.001,
    "1/h",
    "rate at which tolerance fades",
    "half-life of four weeks, as immunoparalysis lasts",
)
tiring_body = m.assumed(
    "tiring_body", 1.7, "1", "tiring by those of the body, against those of the site", "more meet precursors"
)
m.produce(tolerance, "tiring", tiring * (site + tiring_body * body) * (1 - tolerance))
m.remove(tolerance, "fading", resting * tolerance)

# --- how many are at work ----------------------------------------------------------------------------

idle = m.assumed(
    "idle",
    0.015,
    "1",
    "share secreted without danger signals",
    "small, as primed cells without danger are quiet",
)
active_site = m.observable(
    "active_site", site * (idle + rises(danger_site, 1)), "1", "cells at the site that sense danger"
)
touched = m.calibrated(
    "touched",
    9,
    "1",
    "danger for which contact with T cells counts",
    "to published rates, times and levels of cytokine release; several times what microbes do",
)
active_body = m.observable(
    "active_body",
    body * (idle + rises(danger_body + feedback * touched * contact, 1)),
    "1",
    "cells in the body that sense danger",
)
potency = m.observable(
    "potency",
    macrophage.secretion * (1 - held(most_tolerance) * tolerance),
    "1",
    "what IL-10, cortisol and tolerance leave of their secretion and harm",
)
