"""Crystalloid: salt water into a vein, most of which leaves the vessels within the hour."""

from cytostorm.library.organs import circulation, endothelium, lung
from cytostorm.library.person import weight
from cytostorm.library.supports import blood_volume
from cytostorm.model import Module

m = Module(
    "crystalloid",
    "support",
    "crystalloid fluid",
    about="It fills the vessels while it runs, longer if they are empty, and goes to the tissue; through "
    "leaking vessels some of it floods the lung. Salt, acid and dilution of the blood are left out.",
)

leaving = m.assumed(
    "leaving",
    2.8,
    "1/h",
    "pace at which it leaves the vessels",
    "with the share below: 56 % is in the vessels while half an hour of it runs, 18 % half an hour later; "
    "50 to 60 and 15 to 20 % were published (Hahn2020)",
)
stays = m.assumed("stays", 0.05, "1", "share that fills the vessels for hours", "see there")
holding = m.assumed(
    "holding",
    5.0,
    "1",
    "how steeply empty vessels hold it, as a power of volume",
    "elimination falls to 75 and 26 % after a bleeding of 450 and 900 mL (Hahn2020), nine and 18 % of blood",
)
by_leak = m.assumed(
    "by_leak", 1.0, "1", "how many times faster it leaves at full leak, beyond one", "twice as fast"
)
to_lung = m.assumed(
    "to_lung",
    0.1,
    "1",
    "share of what leaves that floods the lung at full leak",
    "as of blood flow to its wall",
)
flooded = m.assumed(
    "flooded", 10.0, "mL/kg", "water that fills half of the sacs", "twice the usual water of 7 mL/kg and more"
)
infused = m.species("infused", "mL", "crystalloid in the vessels", scale=1)
m.route("iv", infused, "vein")
gone = leaving * circulation.volume**holding * (1 + by_leak * endothelium.leak) * infused
m.react(
    "leaves the vessels",
    gone,
    {
        infused: -1,
        circulation.volume: stays / blood_volume.plasma,
        lung.water: to_lung * endothelium.leak / (flooded * weight),
    },
)
m.stimulate(circulation.infused, infused / blood_volume.plasma, "crystalloid")
