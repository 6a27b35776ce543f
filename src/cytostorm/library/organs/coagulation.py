"""Clotting: tissue factor makes thrombin; it uses up platelets and fibrinogen; clots break to D-dimer."""

from cytostorm.library.cells import inflamed
from cytostorm.library.kinetics import rises
from cytostorm.library.mediators import il6
from cytostorm.library.organs import endothelium, liver
from cytostorm.library.person import comorbidity
from cytostorm.model import LogNormal, Module

m = Module(
    "coagulation",
    "organ",
    "clotting",
    about="Thrombin follows tissue factor on activated macrophages and injured vessels, and what "
    "is left of the "
    "natural inhibitors. Macrophages that eat blood cells and plasmin take platelets and fibrinogen as well.",
)

half_thrombin = m.assumed(
    "half_thrombin",
    0.5,
    "1",
    "active macrophages and injured vessels that make half of the thrombin",
    "half of either alone, as in DIC",
)
free = m.gain("free", "share of thrombin that is not held down; what holds it multiplies")
thrombin = m.observable(
    "thrombin",
    free
    * rises(
        inflamed.active_site * inflamed.size + inflamed.active_body + endothelium.injury, half_thrombin, 2
    ),
    "1",
    "thrombin made, as a share of the most",
)

# --- platelets ---------------------------------------------------------------------------------------
count = m.assumed(
    "count", 245000.0, "cells/uL", "platelets at rest", "middle of 150 to 400", spread=LogNormal(1.28)
)
lifetime = m.assumed("lifetime", 0.0046, "1/h", "loss at rest", "nine days")
more_output = m.assumed(
    "more_output",
    3.5,
    "1",
    "more made at full IL-6, in multiples of rest",
    "the liver makes thrombopoietin on it: 400 and more in a second week of Kawasaki or Still's disease",
)
lacking = m.assumed(
    "lacking",
    0.4,
    "1",
    "uptake of thrombopoietin by other cells, against that by all platelets",
    "so that without platelets three to four times as many are made",
)
half_il6 = m.assumed(
    "half_il6", 100.0, "pg/mL", "IL-6 above rest of half that", "reactive thrombocytosis of infection"
)
used = m.calibrated(
    "used",
    0.042,
    "1/h",
    "platelets used at full thrombin",
    "to the published courses of COVID-19 (Yan2020, Lucas2020 and others); halved within a day "
    "at full thrombin",
)
eaten = m.assumed(
    "eaten",
    0.03,
    "1/h",
    "blood cells eaten by macrophages under full interferon-γ",
    "haemophagocytosis, halved within a day: it takes more than the marrow makes",
)
output = m.gain("output", "output of the marrow; independent actions multiply")
eating = m.observable(
    "eating", eaten * inflamed.body * inflamed.primed_body, "1/h", "loss of blood cells to macrophages"
)
lost_to_storm = used * thrombin + eating
consumed_share = m.observable(
    "consumed",
    lost_to_storm / (lifetime + lost_to_storm),
    "1",
    "share of the platelets that go which clots and macrophages take",
)
platelets = m.species("platelets", "cells/uL", "platelets", initial=count, scale=1000)
thrombopoietin = m.observable(
    "thrombopoietin",
    (1 + more_output * rises(il6.signal - il6.baseline, half_il6, 2))
    * (1 + lacking)
    / (platelets / count + lacking),
    "1",
    "thrombopoietin, relative to rest",
)
maturing = m.assumed(
    "maturing",
    0.01,
    "1/h",
    "maturing of megakaryocytes",
    "four days: counts are highest in a second or third week",
)
megakaryocytes = m.species(
    "megakaryocytes", "1", "megakaryocytes, relative to rest", initial=1, scale=0.01, within=(0, 20)
)
m.relax(megakaryocytes, "maturing", thrombopoietin, maturing)
m.produce(platelets, "output of the marrow", lifetime * count * output * megakaryocytes)
m.remove(platelets, "loss", lifetime * platelets)
m.remove(platelets, "used in clots", used * thrombin * platelets)
m.remove(platelets, "eaten by macrophages", eating * platelets)

# --- fibrinogen and D-dimer --------------------------------------------------------------------------
fibrinogen_rest = m.assumed(
    "fibrinogen_rest", 2.9, "g/L", "fibrinogen at rest", "middle of 2 to 4", spread=LogNormal(1.19)
)
turnover = m.assumed("turnover", 0.0087, "1/h", "loss of fibrinogen at rest", "half-life of 80 h")
acute = m.assumed("acute", 2.5, "1", "more made in the acute phase", "rises to 7 g/L")
half_crp = m.assumed(
    "half_crp", 60.0, "mg/L", "acute phase of half that, as synthesis of CRP", "both follow IL-6"
)
fibrinogen_used = m.assumed(
    "fibrinogen_used", 0.02, "1/h", "fibrinogen used at full thrombin", "below 1 g/L in DIC"
)
lysis = m.assumed(
    "lysis", 4.0, "1", "fibrinogen lost to plasmin, against platelets eaten", "below 1.5 g/L in HLH"
)
fibrinogen = m.species("fibrinogen", "g/L", "fibrinogen", initial=fibrinogen_rest, scale=0.1)
consumed = fibrinogen_used * thrombin * fibrinogen
m.produce(
    fibrinogen,
    "synthesis",
    turnover
    * fibrinogen_rest
    * liver.making
    * (1 + acute * rises(liver.synthesis - liver.rest, half_crp, 2)),
)
m.remove(fibrinogen, "loss", turnover * fibrinogen)
m.remove(fibrinogen, "clotting", consumed)
m.remove(fibrinogen, "plasmin of macrophages", lysis * eating * fibrinogen)
dimer_rest = m.assumed(
    "dimer_rest", 0.25, "ug/mL", "D-dimer at rest", "below 0.5 in health", spread=LogNormal(1.45)
)
dimer_loss = m.assumed("dimer_loss", 0.087, "1/h", "loss of D-dimer", "half-life of 8 h")
dimer_yield = m.assumed(
    "dimer_yield",
    0.02,
    "1",
    "D-dimer from clotted fibrinogen",
    "for 5 ug/mL in those who die of COVID-19 (Yan2020)",
    spread=LogNormal(1.6),
)
frail = m.assumed(
    "frail", 0.3, "1", "more D-dimer for each unit of chronic disease", "worn vessels clot and mend more"
)
d_dimer = m.species("d_dimer", "ug/mL", "D-dimer", initial=dimer_rest, scale=0.1)
clotted = m.assumed(
    "clotted",
    0.2,
    "1",
    "share of what plasmin of macrophages takes that had clotted",
    "D-dimer of a few ug/mL in HLH; fibrinogen itself gives none",
)
m.produce(d_dimer, "turnover at rest", dimer_loss * dimer_rest)
broken = consumed + clotted * lysis * eating * fibrinogen
m.produce(d_dimer, "broken clots", dimer_yield * (1 + frail * comorbidity) * broken)
m.remove(d_dimer, "loss", dimer_loss * d_dimer)

# --- factors -----------------------------------------------------------------------------------------
factor_loss = m.assumed(
    "factor_loss",
    0.04,
    "1/h",
    "loss of factors of the liver",
    "half-life of 17 h, between factors VII and II",
)
factors = m.species(
    "factors", "1", "factors of the liver, relative to rest", initial=1, scale=0.01, within=(0.01, 2)
)
m.produce(factors, "synthesis", factor_loss * liver.making)
m.remove(factors, "loss", factor_loss * factors)
m.remove(factors, "used in clots", factor_loss * thrombin * factors)
inr_rest = m.assumed("inr_rest", 1.0, "1", "INR at rest", "0.8 to 1.2 in health", spread=LogNormal(1.09))
inr_power = m.assumed(
    "inr_power", 0.6, "1", "how steeply INR follows lost factors", "1.5 at half of the factors"
)
inr = m.observable("inr", inr_rest * factors**-inr_power, "1", "INR")
