"""The lung: it floods when vessels leak and its lining is lost; blood passes unaired; breathing is work."""

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
flooding = m.assumed(
    "flooding", 0.0125, "1/h", "flooding at full leak", "a day from leak to ARDS", spread=LogNormal(1.2)
)
local = m.assumed(
    "local", 0.02399, "1/h", "flooding where the lining is lost", "a matter of days", spread=LogNormal(1.2)
)
half_lost = m.assumed("half_lost", 0.25, "1", "lost lining of half flooding", "a quarter of the lung")
clearing = m.assumed(
    "clearing", 0.02, "1/h", "clearing of water by an intact lining", "half-life of a day and a half"
)
water = m.species(
    "water", "1", "extra water in the lung; 1 fills half of the sacs", scale=0.01, within=(0, 20)
)
flooded = flooding * endothelium.leak + local * share * rises(site.lost, half_lost, 2)
m.produce(water, "flooding", flooded)
m.remove(water, "clearing", clearing * (1 - 0.5 * share * site.lost) * water)

normal_ratio = m.assumed(
    "normal_ratio", 450.0, "mmHg", "PaO2/FiO2 at rest", "95 mmHg in air", spread=Normal(20.0, 400.0, 500.0)
)
half_water = m.assumed(
    "half_water", 0.7, "1", "water that halves it", "moderate ARDS when half of the sacs are full"
)
shunt = m.observable("shunt", rises(water, 1, 1), "1", "share of blood that passes unaired")
ratio = m.observable("ratio", normal_ratio / (1 + (water / half_water) ** 1), "mmHg", "PaO2/FiO2")
compliance = m.observable("compliance", 80 / (1 + water), "1", "compliance of the lungs, mL/cmH2O")
oxygen = m.observable("oxygen", ratio * 0.21, "mmHg", "arterial oxygen pressure in air")
# Severinghaus' curve of saturation [Severinghaus1979]
unit = m.assumed("unit", 1.0, "mmHg", "unit of pressure in the curve of saturation", "1 by definition")
pressure = oxygen / unit
saturation = m.observable(
    "saturation",
    1 / (1 + 23400 / (pressure**3 + 150 * pressure)),
    "percent",
    "arterial oxygen saturation in air",
)
normal_rate = m.assumed(
    "normal_rate", 15.0, "1/min", "breaths at rest", "12 to 18 in adults", spread=Normal(1.5, 11.0, 19.0)
)
rate = m.observable(
    "rate",
    normal_rate * (1 + 1.4 * rises(water, 1.0))
    + 2.0 * normal_rate / 15 * (fever.core - fever.normal) / fever.degree,
    "1/min",
    "breaths",
)
