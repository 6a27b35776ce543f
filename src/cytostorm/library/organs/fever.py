"""Fever: cytokines raise the set-point of body temperature, and the body follows."""

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
    4.0,
    "degC",
    "largest rise of the set-point",
    source="assumed",
    note="fever seldom goes beyond 41 degC",
    spread=LogNormal(1.15),
)
half_tnf = m.parameter("half_tnf", 102.0, "pg/mL", "TNF of half the rise", source="calibrated", note=FIT)
half_il6 = m.parameter("half_il6", 1800.0, "pg/mL", "IL-6 of half the rise", source="calibrated", note=FIT)
half_il1 = m.parameter(
    "half_il1",
    100.0,
    "pg/mL",
    "IL-1 signal of half the rise",
    source="assumed",
    note="such that blocking IL-1 in health changes next to nothing; endotoxin data do not tell it from TNF",
)
lag = m.parameter("lag", 0.369, "1/h", "rate at which temperature follows", source="calibrated", note=FIT)

load = load_above_rest(m, "pyrogens, weighted", half=(half_tnf, half_il6, half_il1))
set_point = m.observable("set_point", normal + most * load, "degC", "set-point")
core = m.species("core", "degC", "core temperature", initial=normal, scale=0.1, within=(35, 43))
m.relax(core, "heat balance", set_point, lag)
