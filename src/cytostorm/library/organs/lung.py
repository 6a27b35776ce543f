"""The lung: it floods when vessels leak and its lining is lost; blood passes unaired; breathing is work."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.organs import endothelium, fever, site
from cytostorm.model import LogNormal, Module, Normal

m = Module(
    "lung",
    "organ",
    "lung",
    about="Water first in the walls, then in the sacs; shunt, stiffness, oxygen and the work of "
    "breathing follow "
    "from it. If the site is elsewhere, only leaking vessels flood it.",
)

share = m.drive("share", "1", "share of the site that lies in the lung, 0 to 1; triggers say")
flooding = m.calibrated(
    "flooding",
    0.0198,
    "1/h",
    "flooding at full leak",
    "to published rates, times and levels of cytokine release; as much as leaves the lungs of COVID-19 to "
    "its own damage",
    spread=LogNormal(1.2),
)
local = m.calibrated(
    "local",
    0.024,
    "1/h",
    "flooding where the lining is lost",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); a matter of days",
    spread=LogNormal(1.2),
)
half_lost = m.assumed("half_lost", 0.25, "1", "lost lining of half flooding", "a quarter of the lung")
clearing = m.assumed(
    "clearing", 0.02, "1/h", "clearing of water by an intact lining", "half-life of a day and a half"
)
water = m.species(
    "water", "1", "extra water in the lung; 1 fills half of the sacs", scale=0.01, within=(0, 20)
)
infiltrating = m.assumed(
    "infiltrating",
    0.025,
    "1/h",
    "flooding by macrophages of the whole body under full interferon-γ",
    "half of those with HLH come to need oxygen: they settle in the lung as in liver and marrow",
)
flooded = (
    flooding * endothelium.leak**2
    + local * share * rises(site.lost, half_lost, 2)
    + infiltrating * inflamed.body * inflamed.primed_body
)
hindered = m.assumed(
    "hindered",
    0.8,
    "1",
    "share of clearing that goes with the whole lining",
    "a fifth is left: lymph drains too",
)
m.produce(water, "flooding", flooded)
m.remove(water, "clearing", clearing * (1 - hindered * share * site.lost) * water)

normal_ratio = m.assumed(
    "normal_ratio", 450.0, "mmHg", "PaO2/FiO2 at rest", "95 mmHg in air", spread=Normal(20.0, 400.0, 500.0)
)
half_water = m.assumed(
    "half_water", 0.7, "1", "water that halves it", "moderate ARDS when half of the sacs are full"
)
closed = m.gain("closed", "share of the flooded lung that stays closed to air; what opens it multiplies")
shut = water * closed
shunt = m.observable("shunt", rises(shut, 1, 1), "1", "share of blood that passes unaired")
ratio = m.observable("ratio", normal_ratio / (1 + (shut / half_water) ** 1), "mmHg", "PaO2/FiO2")
compliance = m.observable("compliance", 1 / (1 + water), "1", "compliance of the lungs, relative to rest")
air = m.assumed("air", 0.21, "1", "share of oxygen in air", "20.9 % of dry air, rounded as on wards")
added = m.drive("added", "1", "share of oxygen in what is breathed, above that of air")
low_flow = m.drive("low_flow", "1", "oxygen at low flow that runs; grades read it")
high_flow = m.drive("high_flow", "1", "oxygen at high flow that runs; grades read it")
positive = m.drive("positive", "1", "positive pressure that runs; grades read it")
ward = m.parameter(
    "ward",
    1.0,
    "1",
    "share of the oxygen needed that a ward gives unasked; 0 is air",
    source="assumed",
    note="any ward does",
    usual=(0, 1),
)
aim = m.assumed(
    "aim", 63.0, "mmHg", "arterial oxygen pressure that a ward aims at", "a saturation of just under 92 %"
)
edge = m.assumed(
    "edge", 20.0, "1", "how sharply a ward's oxygen sets in and ends", "a share is off by 3 % there"
)
ordered = air + added
given = ward * (aim / ratio) / (1 + (aim / ratio) ** edge) ** (1 / edge)
# The larger of the two, without a kink; both at once are no more than pure oxygen.
more = ((ordered**edge + given**edge) / (1 + (ordered * given) ** edge)) ** (1 / edge)
fio2 = m.observable("fio2", more, "1", "share of oxygen in what is breathed")
oxygen = m.observable("oxygen", ratio * fio2, "mmHg", "arterial oxygen pressure by the lung")
alone = m.gain("alone", "share of blood that the lung alone gives oxygen; membranes outside multiply")
CURVE = "equation 1, 37 degC and pH 7.4"
binding = m.parameter(
    "binding", 23400.0, "mmHg^3", "constant of the curve of saturation", source="Severinghaus1979", note=CURVE
)
straight = m.parameter(
    "straight",
    150.0,
    "mmHg^2",
    "linear part of the curve of saturation",
    source="Severinghaus1979",
    note=CURVE,
)
by_lung = 1 / (1 + binding / (oxygen**3 + straight * oxygen))
saturation = m.observable(
    "saturation",
    by_lung * alone + (1 - alone),
    "percent",
    "arterial oxygen saturation",
)
half_hypoxia = m.assumed(
    "half_hypoxia", 1.6, "1", "water of half the lack of oxygen, in air", "a saturation below 60 % in air"
)
hypoxia = m.observable(
    "hypoxia",
    # a flooded lung lacks oxygen less in the measure in which more is breathed
    alone * rises(shut * air / fio2, half_hypoxia, 4),
    "1",
    "lack of oxygen in blood, 0 to 1",
)
normal_rate = m.assumed(
    "normal_rate", 15.0, "1/min", "breaths at rest", "12 to 18 in adults", spread=Normal(1.5, 11.0, 19.0)
)
by_water = m.assumed(
    "by_water", 1.4, "1", "more breaths in a flooded lung, in multiples of rest", "to 36 a minute"
)
half_stiff = m.assumed("half_stiff", 1.0, "1", "water of half that", "half of the sacs are full")
by_fever = m.assumed(
    "by_fever", 2 / 15, "1", "more breaths for each degree of fever, in multiples of rest", "2 to 15 a minute"
)
rate = m.observable(
    "rate",
    normal_rate
    * (1 + by_water * rises(water, half_stiff) + by_fever * (fever.core - fever.normal) / fever.degree),
    "1/min",
    "breaths",
)
