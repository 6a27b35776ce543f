"""Effector T cells: few that recognise the antigen become many, kill, call macrophages, and tire."""

from cytostorm.library.cells import dendritic, inflamed, treg
from cytostorm.library.kinetics import damped, falls, rises
from cytostorm.library.mediators import (
    antigen,
    cortisol,
    costimulation,
    gmcsf,
    ifng,
    il2,
    il10,
    il12,
    il17,
    loop,
    sil2r,
    tgfb,
    tnf,
)
from cytostorm.library.person import age, immunity
from cytostorm.model import LogNormal, Module, Parameter

m = Module(
    "tcell",
    "cell",
    "effector T cells",
    about="CD8 and CD4 effectors of one antigen together. Engaged cells secrete interferon-γ, "
    "GM-CSF, IL-2, IL-17 "
    "and TNF, touch macrophages, and kill; therapies add cells of their own to those engaged.",
)

# --- numbers -----------------------------------------------------------------------------------------

precursors = m.assumed(
    "precursors",
    0.02,
    "cells/uL",
    "cells that recognise the antigen beforehand",
    "one in 100,000 T cells",
    spread=LogNormal(1.6),
)
memory = m.assumed(
    "memory", 100.0, "1", "how many times more after vaccine or infection", "memory is a hundredfold"
)
priming = m.assumed("priming", 0.06, "1/h", "rate of priming", "within a day")
growth = m.calibrated(
    "growth",
    0.067,
    "1/h",
    "growth while antigen is presented",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); doubling in 10 h at best",
    spread=LogNormal(1.06),
)
young_age = m.assumed("young_age", 30.0, "year", "age at which growth is given", "that of volunteers")
ageing = m.assumed(
    "ageing", 0.008, "1/year", "slowing of growth by age", "a quarter slower at 90: fewer naive cells"
)
most = m.assumed(
    "most", 600.0, "cells/uL", "number at which growth halves", "as many as all CD8 T cells of blood"
)
loss = m.assumed("loss", 0.012, "1/h", "loss of effectors", "half-life of two to three days without antigen")
half = m.assumed("half", 0.05, "1", "antigen that engages half of them", "infected cells in one of twenty")

effector = m.species("effector", "cells/uL", "effector T cells, per volume of blood", scale=0.01)
tired = m.species("tired", "1", "share of exhausted cells", scale=0.01, within=(0, 1))

fit = m.gain("fit", "what holds back growth and secretion of T cells; independent actions multiply")
half_cortisol = m.assumed("half_cortisol", 900.0, "nmol/L", "cortisol of half braking", "as for macrophages")
most_cortisol = m.assumed(
    "most_cortisol",
    0.35,
    "1",
    "largest share that cortisol brakes",
    "so that blocking IL-6, which takes cortisol away, raises interferon-γ by half at most",
)
half_il10 = m.assumed("half_il10", 200.0, "pg/mL", "IL-10 of half braking", "higher than for macrophages")
most_il10 = m.assumed("most_il10", 0.6, "1", "largest share that IL-10 brakes", "never all")
brakes, held = loop.brakes, loop.held
m.modulate(fit, damped(cortisol.effect, half_cortisol, held(most_cortisol), 3), "cortisol holds T cells back")
m.modulate(fit, damped(il10.signal, half_il10, held(most_il10)), "IL-10 holds T cells back")
m.modulate(fit, treg.hold / (treg.hold + brakes * (1 - treg.hold)), "regulatory T cells hold them back")
dividing = m.gain("dividing", "share of the growth of infused T cells that drugs leave; blockers multiply")
lck = m.gain("lck", "share of signals of the antigen receptor that get through; blockers multiply")
presenting = m.assumed(
    "presenting", 0.5, "1", "antigen on a full set of mature dendritic cells", "ten times what engages half"
)
young = (1 + ageing * young_age) / (1 + ageing * age)
seen = rises(antigen.site + antigen.organs + presenting * dendritic.mature, half)
need_to_prime = m.assumed(
    "need_to_prime", 0.9, "1", "share of priming that needs costimulation", "naive cells hardly do without"
)
need_to_grow = m.assumed(
    "need_to_grow", 0.5, "1", "share of growth that needs costimulation", "effectors and memory need it less"
)
grown_on_il2 = m.assumed(
    "grown_on_il2", 0.4, "1", "share of growth that needs IL-2", "IL-7, IL-15 and antigen do the rest"
)
primed = m.observable(
    "primed", 1 - need_to_prime * (1 - costimulation.free), "1", "what blockers leave of priming"
)
grown = m.observable(
    "grown",
    (1 - need_to_grow * (1 - costimulation.free)) * (1 - grown_on_il2 * (1 - il2.free * il2.passed)),
    "1",
    "what blockers of costimulation and of IL-2 leave of growth",
)
m.produce(effector, "priming", priming * precursors * (1 + memory * immunity) * dendritic.mature * primed)
m.produce(effector, "growth", growth * young * seen * lck * fit * effector * falls(effector, most, 2) * grown)
m.remove(effector, "loss", loss * effector)

tiring = m.assumed("tiring", 0.004, "1/h", "rate of tiring at full engagement", "within ten days of antigen")
rested = m.assumed("rested", 0.003, "1/h", "recovery from it", "fades in two weeks")
many = m.assumed(
    "many", 20.0, "cells/uL", "engaged cells of half tiring", "below that antigen is short-lived"
)

# --- engaged cells and what they secrete -------------------------------------------------------------

at_site = m.drive("at_site", "cells/uL", "engaged T cells at the site")
in_body = m.drive("in_body", "cells/uL", "engaged T cells elsewhere; cell therapies and engagers add theirs")
lasting = m.assumed(
    "lasting",
    0.03,
    "1",
    "share that goes on secreting without antigen",
    "interferon-γ outlasts the virus by a week (Lucas2020)",
)
m.stimulate(
    at_site, effector * (lasting + lck * rises(antigen.site, half)), "effectors that meet infected cells"
)
m.stimulate(in_body, effector * lck * rises(antigen.organs, half), "effectors that meet antigen in organs")
lag = m.assumed(
    "lag",
    0.5,
    "1/h",
    "pace from engagement to full secretion of interferon-γ",
    "two hours of transcription: interferon-γ follows TNF (Suntharalingam2006)",
)
firing = m.species("firing", "cells/uL", "engaged T cells elsewhere that have transcribed", scale=0.01)
m.relax(firing, "transcription", in_body, lag)
m.produce(tired, "tiring", tiring * rises(at_site + in_body, many) * (1 - tired))
m.remove(tired, "recovery", rested * tired)

help_il12 = m.assumed(
    "help_il12", 2.0, "1", "more interferon-γ at full IL-12", "the loop between T cells and macrophages"
)
half_il12 = m.assumed("half_il12", 20.0, "pg/mL", "IL-12 above rest of half that", "as for NK cells")
most_tired = m.assumed(
    "most_tired", 0.8, "1", "largest share of secretion and killing that exhaustion takes", "never all"
)
able = fit * (1 - most_tired * tired)
helped = able * (1 + inflamed.feedback * help_il12 * rises(il12.signal, half_il12))
reaching = m.observable(
    "reaching",
    able * (at_site * inflamed.escape + firing),
    "cells/uL",
    "engaged cells whose cytokines reach plasma",
)


def rate(name: str, label: str, value: float, unit: str, note: str) -> Parameter:
    """Declare a secretion of one engaged cell per microlitre."""
    return m.assumed(f"{name}_rate", value, unit, f"{label} for each engaged cell", note)


PER_CELL = "pg/mL/h/(cells/uL)"
ifng_rate = m.calibrated(
    "ifng_rate",
    36.3,
    PER_CELL,
    "interferon-γ for each engaged cell",
    "to published rates, times and levels of cytokine release; hundreds of pg/mL in HLH, tens in infection",
)
m.produce(ifng.excess, "secretion by T cells", ifng_rate * helped * (at_site * inflamed.escape + firing))
m.stimulate(inflamed.ifng_site, ifng_rate * helped * at_site, "T cells at the site")
tnf_rate = rate("tnf", "TNF", 3, PER_CELL, "a tenth of interferon-γ")
m.produce(
    tnf.level, "secretion by T cells", tnf_rate * able * (at_site * inflamed.escape + in_body)
)  # first, within the hour
gmcsf_rate = rate("gmcsf", "GM-CSF", 0.15, PER_CELL, "for tens of pg/mL with hundreds of engaged cells")
m.stimulate(gmcsf.secretion, gmcsf_rate * reaching, "engaged T cells")
il2_rate = rate("il2", "IL-2", 0.4, PER_CELL, "for hundreds of pg/mL with hundreds of engaged cells")
m.stimulate(il2.secretion, il2_rate * reaching, "engaged T cells")
il17_rate = rate("il17", "IL-17", 0.03, PER_CELL, "a few Th17 cells among them")
m.stimulate(il17.secretion, il17_rate * reaching, "Th17 among engaged T cells")
il10_rate = rate("il10", "IL-10", 0.3, PER_CELL, "a late product of effectors")
m.produce(il10.level, "secretion by T cells", il10_rate * reaching)
sil2r_rate = rate(
    "sil2r",
    "soluble IL-2 receptor",
    1.2,
    "U/mL/h/(cells/uL)",
    "for a doubling in COVID-19, thousands in HLH",
)
m.produce(sil2r.level, "shedding by activated T cells", sil2r_rate * able * (at_site + firing))
m.stimulate(tgfb.secretion, treg.rate * (treg.number - 1), "regulatory T cells")

touch = m.calibrated(
    "touch",
    450,
    "cells/uL",
    "engaged cells of half contact with macrophages",
    "to published rates, times and levels of cytokine release; some hundreds",
)
most_touch = m.assumed(
    "most_touch",
    1.0,
    "1",
    "call of contact at full strength",
    "the unit; `inflamed.calling` weighs it (Santurio2025 for the structure)",
)
touching = m.drive("touching", "cells/uL", "T cells that touch macrophages; therapies add theirs")
shy = m.assumed(
    "shy",
    0.005,
    "1",
    "share of a natural response that carries CD40 ligand",
    "most of its effectors are CD8 cells; set so that HLH has little IL-6 for its interferon-γ",
)
m.stimulate(
    touching, shy * effector * lck * rises(antigen.organs, half), "effectors that meet antigen in organs"
)
m.stimulate(inflamed.contact, most_touch * rises(able * touching, touch), "CD40 ligand on engaged T cells")
