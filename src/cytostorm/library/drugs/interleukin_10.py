"""Interleukin-10, made by bacteria and given: more of the body's own brake."""

from cytostorm.library.drugs._kinetics import absorbed
from cytostorm.library.kinetics import rate_of
from cytostorm.library.mediators import il10
from cytostorm.library.person import weight
from cytostorm.model import Module

m = Module(
    "interleukin_10",
    "drug",
    "recombinant interleukin-10",
    about="What is given joins the body's own in plasma, is measured with it, and does what it does. The "
    "volume makes clearance that of volunteers at the model's rate of loss: the dose has its effect in "
    "full, yet is gone within hours, where the last of it stays for a day.",
)

clearance = m.parameter(
    "clearance", 65.0, "mL/h/kg", "clearance", source="Radwanski1998", note="in volunteers, 25 ug/kg"
)
share = m.parameter("share", 0.42, "1", "share absorbed from under the skin", source="Radwanski1998")
lasting = m.parameter(
    "lasting",
    3.6,
    "h",
    "half-life of absorption from under the skin",
    source="Huhn1997",
    note="2.7 to 4.5 h, the last phase of plasma levels, which absorption makes",
)
mixing = m.assumed("mixing", 12.0, "1/h", "mixing in plasma", "within minutes")
plasma = m.observable("plasma", clearance * weight / il10.elimination, "L", "volume in which it is spread")
mixed = m.species("mixed", "mg", "IL-10 that enters plasma", scale=0.1)
m.remove(mixed, "leaves the needle", mixing * mixed)
m.produce(il10.level, "IL-10 given", mixing * mixed / plasma)
absorbed(m, "sc", "under the skin", mixed, rate_of(lasting), share=share)
m.route("iv", mixed, "vein")
m.lab("interleukin_10", il10.level, "ng/mL", "IL-10 in plasma, given and own")
