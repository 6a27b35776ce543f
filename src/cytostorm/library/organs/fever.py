"""Fever: cytokines raise the set-point of body temperature, and the body follows."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import cortisol, ifna, ifng, il6
from cytostorm.library.mediators._load import load_above_rest
from cytostorm.model import LogNormal, Module, Normal

FIT = "to the temperature curves after 1 and 2 ng/kg of endotoxin"

m = Module(
    "fever", "organ", "body temperature", about="Prostaglandins and heat balance are one first-order lag."
)

normal = m.parameter(
    "normal",
    36.6,
    "degC",
    "temperature at rest",
    source="Kiers2017",
    note="36.5 and 36.6 in its two groups",
    spread=Normal(0.25, 35.5, 37.5),
)
most = m.parameter(
    "most",
    3.4,
    "degC",
    "largest rise of the set-point",
    source="assumed",
    note="to 40 degC, beyond which few storms take a typical patient; the spread: nobody passes 43 degC",
    spread=LogNormal(1.08),
)
half_tnf = m.parameter("half_tnf", 150.0, "pg/mL", "TNF of half the rise", source="calibrated", note=FIT)
most_il6 = m.calibrated("most_il6", 0.43, "1", "pyrogens at full IL-6", FIT)
half_il6 = m.assumed(
    "half_il6", 50, "pg/mL", "IL-6 of half that", "fever follows its logarithm: high from tens of pg/mL on"
)
half_il1 = m.parameter(
    "half_il1",
    60.0,
    "pg/mL",
    "IL-1 signal of half the rise",
    source="assumed",
    note="such that blocking IL-1 in health cools by a tenth of a degree; endotoxin data do not tell it "
    "from TNF",
)
lag = m.parameter("lag", 0.369, "1/h", "rate at which temperature follows", source="calibrated", note=FIT)

degree = m.assumed("degree", 1.0, "degC", "unit of fever", "1 by definition")
load = load_above_rest(
    m, "pyrogens, weighted", half=(half_tnf, half_il6, half_il1), most_il6=most_il6, power=2
)
half_ifna = m.calibrated(
    "half_ifna",
    20.8,
    "pg/mL",
    "type I interferon above rest of half the rise",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); interferon given as a "
    "drug brings fever",
)
half_ifng = m.calibrated(
    "half_ifng",
    29.5,
    "pg/mL",
    "interferon-γ above rest of half the rise, at full IL-6",
    "to published rates, times and levels of cytokine release; only with IL-6, without which animals have "
    "no fever",
)
by_site = m.calibrated(
    "by_site",
    19.3,
    "1",
    "pyrogens of a site full of active macrophages",
    "to published levels and deaths in sepsis and pneumonia; prostaglandins reach the brain from there",
)
more = m.quantities["more"]
others = ifna.signal / half_ifna + by_site * inflamed.active_site + inflamed.active_body
m.stimulate(
    more,
    others + ifng.signal / half_ifng * rises(il6.signal, half_il6),
    "interferons, and prostaglandins of active macrophages",
)
stress = m.assumed(
    "stress",
    0.15,
    "1",
    "call for cortisol by the same interferons and macrophages, without IL-6 as well",
    "fever is a stress, and interferon-γ given as a drug raises cortisol",
)
m.stimulate(
    cortisol.more, stress * (others + ifng.signal / half_ifng), "what brings fever calls for cortisol"
)

held = m.gain("held", "what keeps the set-point from rising; antipyretics multiply")
set_point = m.observable("set_point", normal + most * load * held, "degC", "set-point")
core = m.species("core", "degC", "core temperature", initial=normal, scale=0.1, within=(35, 43))
m.relax(core, "heat balance", set_point, lag)
