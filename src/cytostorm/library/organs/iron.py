"""Ferritin: the acute phase makes some, dying cells more, and macrophages under interferon-γ most of all."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import il18
from cytostorm.library.organs import liver
from cytostorm.library.person import man
from cytostorm.model import LogNormal, Module

m = Module(
    "iron",
    "organ",
    "ferritin",
    about="Ferritin in plasma. Iron itself, hepcidin and the two forms of ferritin are left out.",
)

women = m.assumed(
    "women",
    50.0,
    "ng/mL",
    "ferritin at rest in women",
    "middle of 15 to 150; the spread also holds that of men, up to 400, since sex is not drawn",
    spread=LogNormal(2.1),
)
men = m.assumed("men", 2.2, "1", "how many times more in men", "30 to 400 in men")
loss = m.assumed("loss", 0.025, "1/h", "loss from plasma", "half-life of 28 h; Dai2021 uses 17 h")
acute = m.assumed(
    "acute",
    8.0,
    "ng/mL/h",
    "release in the full acute phase",
    "a few hundred ng/mL in pneumonia",
    spread=LogNormal(1.5),
)
half_crp = m.assumed(
    "half_crp", 100.0, "mg/L", "acute phase of half that, as synthesis of CRP", "both follow IL-6"
)
by_site = m.assumed(
    "by_site",
    60.0,
    "ng/mL/h",
    "release by a site full of inflammatory macrophages",
    "for 1,500 ng/mL in those who die of COVID-19 (Yan2020)",
    spread=LogNormal(1.4),
)
by_body = m.assumed(
    "by_body",
    1350,
    "ng/mL/h",
    "release by the body's macrophages under full interferon-γ",
    "for tens of thousands in HLH",
    spread=LogNormal(1.6),
)
by_il18 = m.assumed(
    "by_il18",
    60.0,
    "ng/mL/h",
    "release at full IL-18",
    "thousands of ng/mL in Still's disease, in which IL-18 is high and interferon-γ is not",
    spread=LogNormal(1.5),
)
half_il18 = m.assumed(
    "half_il18",
    1500.0,
    "pg/mL",
    "free IL-18 of half that",
    "reached in Still's disease and MAS, not in infection",
)
by_cells = m.assumed(
    "by_cells", 8000.0, "ng/mL", "ferritin of a whole liver's cells", "thousands in liver failure"
)
without = m.assumed(
    "without",
    0.06,
    "1",
    "release by the body's active macrophages without interferon-γ, as a share of that with it",
    "thousands in sepsis, tens of thousands in HLH",
)

baseline = women * (1 + (men - 1) * man)
ferritin = m.species("ferritin", "ng/mL", "ferritin", initial=baseline, scale=10)
m.produce(ferritin, "release at rest", loss * baseline)
m.produce(ferritin, "acute phase", acute * rises(liver.synthesis - liver.rest, half_crp, 2))
m.produce(ferritin, "macrophages at the site", by_site * inflamed.active_site)
m.produce(
    ferritin,
    "macrophages of the body",
    by_body * inflamed.body * (without * inflamed.active_body + inflamed.primed_body),
)
m.produce(ferritin, "macrophages under IL-18", by_il18 * rises(il18.free, half_il18, 2))
m.produce(ferritin, "dying liver cells", by_cells * liver.harmed)
m.remove(ferritin, "loss", loss * ferritin)
