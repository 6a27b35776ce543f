"""Wajima 2009: the clotting cascade, and the two clotting times that a laboratory measures.

Prothrombin time (PT): tissue factor is poured into plasma, and the outer path runs. Activated partial
thromboplastin time (aPTT): part of factor XI is activated before, and the inner path runs. Both end when
enough fibrin has been there for long enough. The reagents thin the plasma to a third.

T. Wajima, G. K. Isbister, S. B. Duffull: A comprehensive model for the humoral coagulation network in humans.
Clinical Pharmacology and Therapeutics 86 (2009) 290-298, doi:10.1038/clpt.2009.87. Numbers: BioModels
BIOMD0000000339 (PT) and BIOMD0000000338 (aPTT), both CC0.

Reproduced: both times, and how warfarin prolongs the PT, against a law that U. Falkenhagen and others derived
from this model: PT over normal PT is II x VII x X over normal, to the power of -0.1975 (CPT: Pharmacometrics
& Systems Pharmacology 12 (2023) 432-443, doi:10.1002/psp4.12903).

For research and education only, never for the care of a patient.
"""

from typing import Any

import xarray as xr

import cytostorm as cs
from cytostorm.library.kinetics import rises

m = cs.Module("wajima2009", "organ", "blood clotting, in the body and in the tube")

LEVEL = "nmol/L"
# Names: ii is factor II, iia what it becomes when active (thrombin), va_xa both together. tf is tissue
# factor, tfpi its inhibitor, tmod thrombomodulin, pc and ps proteins C and S, apc active protein C, tat
# thrombin held by antithrombin, heparin antithrombin with heparin, fdp pieces of fibrin, contact what
# activates factor XII.
# what, by what, into what (or nothing), fastest rate per hour, level of the enzyme for half of it
CONVERSIONS = (
    ("viii", "iia", "viiia", 50000.0, 1e-6),
    ("viiia", "apc_ps", "", 50.0, 1.0),
    ("ix", "xia", "ixa", 7.0, 10.0),
    ("xi", "xiia", "xia", 7.0, 1.0),
    ("xi", "iia", "xia", 10.0, 10.0),
    ("vii", "iia", "viia", 0.1, 10.0),
    ("x", "ixa", "xa", 0.02, 10.0),
    ("x", "ixa_viiia", "xa", 2.0, 0.1),
    ("x", "viia", "xa", 1e-9, 10.0),
    ("v", "iia", "va", 50000.0, 10.0),
    ("va", "apc_ps", "", 50.0, 1.0),
    ("ii", "va_xa", "iia", 100.0, 10.0),
    ("ii", "xa", "iia", 9.0, 500.0),
    ("fibrinogen", "iia", "fibrin", 20000.0, 0.5),
    ("fibrinogen", "plasmin", "fdp", 500.0, 500.0),
    ("fibrin", "xiiia", "linked_fibrin", 7.0, 10.0),
    ("fibrin", "plasmin", "fdp", 7.0, 10.0),
    ("linked_fibrin", "plasmin", "d_dimer", 7.0, 100.0),
    ("linked_fibrin", "apc_ps", "d_dimer", 1.0, 1.0),
    ("xiii", "iia", "xiiia", 7.0, 1.0),
    ("plasminogen", "iia", "plasmin", 7.0, 5000.0),
    ("plasminogen", "fibrin", "plasmin", 5.0, 10000.0),
    ("plasminogen", "apc_ps", "plasmin", 2.0, 1.0),
    ("pc", "iia_tmod", "apc", 7.0, 1.0),
    ("va_xa", "apc_ps", "", 2.0, 1.0),
    ("vii_tf", "xa", "viia_tf", 70.0, 1.0),
    ("x", "viia_tf", "xa", 900.0, 200.0),
    ("ix", "viia_tf", "ixa", 70.0, 1.0),
    ("vii_tf", "tf", "viia_tf", 1000.0, 1.0),
    ("vii", "xa", "viia", 1.0, 10.0),
    ("vii", "viia_tf", "viia", 1.0, 10.0),
    ("vii", "ixa", "viia", 0.2, 10.0),
    ("xii", "contact", "xiia", 7.0, 1.0),
    ("xii", "kallikrein", "xiia", 70.0, 1.0),
    ("prekallikrein", "xiia", "kallikrein", 7.0, 1.0),
)
# one, other, both together, nmol/L x h over which they bind
BINDINGS = (
    ("ixa", "viiia", "ixa_viiia", 0.01),
    ("va", "xa", "va_xa", 0.5),
    ("iia", "tmod", "iia_tmod", 0.5),
    ("viia", "tf", "viia_tf", 0.5),
    ("vii", "tf", "vii_tf", 0.1),
    ("viia_tf", "xa_tfpi", "viia_tf_xa_tfpi", 0.5),
    ("xa", "tfpi", "xa_tfpi", 0.5),
    ("apc", "ps", "apc_ps", 0.5),
    ("iia", "heparin", "iia_heparin", 0.11971830985915491),
    ("xa", "heparin", "xa_heparin", 0.85),
    ("ixa", "heparin", "ixa_heparin", 0.85),
)
# made in the body all the time: level in nmol/L, loss per hour, whether vitamin K is needed
FACTORS = {
    "ii": (1394.4, 0.01, True),
    "vii": (10.0, 0.12, True),
    "ix": (89.6, 0.029, True),
    "x": (174.3, 0.018, True),
    "pc": (60.0, 0.05, True),
    "ps": (300.0, 0.0165, True),
    "v": (26.7, 0.043, False),
    "viii": (0.7, 0.058, False),
    "xi": (30.6, 0.1, False),
    "xii": (375.0, 0.012, False),
    "xiii": (70.3, 0.0036, False),
    "fibrinogen": (8945.5, 0.032, False),
    "plasminogen": (2154.3, 0.05, False),
    "prekallikrein": (450.0, 0.05, False),
    "tmod": (50.0, 0.05, False),
    "tfpi": (2.5, 20.0, False),
}
# loss per hour of what is not there at rest
LOSSES = {
    **dict.fromkeys(("va", "viia", "viiia", "ixa", "xa", "xia", "xiia", "kallikrein", "plasmin"), 20.0),
    **dict.fromkeys(("va_xa", "ixa_viiia", "viia_tf", "iia_tmod", "apc_ps"), 20.0),
    **dict.fromkeys(("xa_tfpi", "viia_tf_xa_tfpi"), 20.0),
    **dict.fromkeys(("heparin", "iia_heparin", "xa_heparin", "ixa_heparin"), 0.693),
    **dict.fromkeys(("tf", "contact", "fibrin", "linked_fibrin"), 0.05),
    "iia": 67.4,
    "apc": 20.4,
    "vii_tf": 0.7,
    "xiiia": 0.69,
    "tat": 0.2,
    "fdp": 3.5,
    "d_dimer": 0.1,
}
BECOMES = {"iia": "tat", "fibrinogen": "fdp", "fibrin": "fdp", "linked_fibrin": "d_dimer"}
"""What a loss turns some of them into."""


def number(name: str, value: float, unit: str, label: str) -> cs.model.Parameter:
    """Declare a number of the paper."""
    return m.parameter(name, value, unit, label, source="Wajima2009")


dilution = number("dilution", 3.0, "1", "by how much the reagents thin the plasma; 1 in the body")
tissue_factor = number("tissue_factor", 300.0, LEVEL, "tissue factor poured in")
active_xi = number("active_xi", 0.0, "1", "factor XI active from the start, as a share of normal factor XI")
normal = {name: number(f"{name}_normal", row[0], LEVEL, f"{name} in health") for name, row in FACTORS.items()}
share = {name: number(f"{name}_share", 1.0, "1", f"{name} in the blood drawn, of normal") for name in FACTORS}
PT = {"dilution": 3.0, "tissue_factor": 300.0}
APTT = {"dilution": 3.0, "tissue_factor": 0.0, "xi_share": 0.339, "active_xi": 0.148}
BODY = {"dilution": 1.0, "tissue_factor": 0.0}

START = {name: normal[name] * share[name] for name in FACTORS}
START |= {"tf": tissue_factor, "xia": active_xi * normal["xi"]}
level: dict[str, Any] = {
    name: m.species(name, LEVEL, name, initial=START.get(name, 0) / dilution, scale=1e-6)
    for name in (*FACTORS, *LOSSES)
}

for what, by, into, fastest, half in CONVERSIONS:
    v = number(f"{what}_by_{by}", fastest, "1/h", f"fastest conversion of {what} by {by}")
    k = number(f"{what}_by_{by}_half", half, LEVEL, f"{by} for half of it")
    rate = v * level[what] * rises(level[by], k)
    m.react(f"{what} by {by}", rate, {level[what]: -1, **({level[into]: 1} if into else {})})

for one, other, pair, slowness in BINDINGS:
    c = number(f"{pair}_binding", slowness, "nmol/L*h", f"slowness of binding of {one} and {other}")
    m.react(pair, level[one] * level[other] / c, {level[one]: -1, level[other]: -1, level[pair]: 1})

for name, value in (LOSSES | {name: row[1] for name, row in FACTORS.items()}).items():
    loss = number(f"{name}_loss", value, "1/h", f"loss of {name}")
    after = {level[BECOMES[name]]: 1} if name in BECOMES else {}
    m.react(f"loss of {name}", loss * level[name], {level[name]: -1, **after})

# Vitamin K goes round: quinone, hydroquinone (which makes factors), epoxide. Warfarin stops two of the steps.
vk_loss = number("vk_loss", 0.2052, "1/h", "loss of vitamin K")
vk_turn = number("vk_turn", 0.0228, "1/h", "turning of vitamin K into hydroquinone")
vk_out = number("vk_out", 0.0587, "1/h", "passage of vitamin K into tissue")
vk_back = number("vk_back", 0.0122, "L/h", "passage of vitamin K back")
vk_volume = number("vk_volume", 24.0, "L", "volume of vitamin K")
rest = {
    name: number(f"{name}_rest", x, "1", f"{name} at rest")
    for name, x in (("vk", 1), ("vkh2", 0.1), ("vko", 0.1))
}
vk, vkh2, vko = (m.species(name, "1", name, initial=rest[name] / dilution) for name in rest)
# The file starts the tissue empty, but then a person whom nobody treats would lack vitamin K for months.
stored = m.species("vk_stored", "1", "vitamin K in tissue", initial=rest["vk"] * vk_out * vk_volume / vk_back)

gut = m.species("warfarin_gut", "mg", "warfarin in the gut")
warfarin = m.species("warfarin", "mg", "warfarin in the body")
absorption = number("absorption", 1.0, "1/h", "absorption of warfarin")
clearance = number("clearance", 0.2, "L/h", "clearance of warfarin")
volume = number("volume", 10.0, "L", "volume of distribution of warfarin")
half_effect = number("half_effect", 0.34, "mg/L", "warfarin that stops half of the cycle")
m.route("oral", gut, "mouth")
m.move(gut, warfarin, "absorption", absorption * gut)
m.remove(warfarin, "elimination", clearance / volume * warfarin)

turning = 1 - rises(warfarin / volume, half_effect)
m.produce(vk, "intake", rest["vk"] * vk_loss)
m.remove(vk, "loss", vk_loss * vk)
m.move(vk, stored, "to tissue", vk_out * vk)
m.move(stored, vk, "from tissue", vk_back / vk_volume * stored)
m.move(vk, vkh2, "reduction", vk_turn * turning * vk)
m.move(vkh2, vko, "use", vk_turn * rest["vk"] / rest["vkh2"] * vkh2)
m.move(vko, vk, "recycling", vk_turn * rest["vk"] / rest["vko"] * turning * vko)
for name, (_, _, needs) in FACTORS.items():
    making = normal[name] * m.quantities[f"{name}_loss"]
    m.produce(level[name], f"making of {name}", making * vkh2 / rest["vkh2"] if needs else making)

area = m.species("fibrin_area", "nmol/L*s", "fibrin so far, the area under its curve")
m.produce(area, "sum", level["fibrin"])

model = cs.compose(m)


def clotting_time(test: dict[str, float], blood: xr.Dataset | None = None) -> list[float]:
    """Return the seconds until a clot: when the fibrin area exceeds 1500 nmol/L x s.

    test : PT or APTT; blood : shares of factors in it, one row for each tube; None is normal blood.
    """
    tube = model.replace({f"wajima2009.{name}": value for name, value in test.items()})
    clot = ["first wajima2009.fibrin_area > 1500 nmol/L*s"]
    run = cs.simulate(tube, blood, None, [0, 0.05], quantities=[], rtol=1e-8, summaries=clot)
    return (3600 * run["first_wajima2009_fibrin_area_above_1500"]).values.tolist()


def under_warfarin(dose: float, days: int) -> xr.Dataset:
    """Return the shares of all factors each morning, before a daily dose in mg: a tube for each day."""
    body = model.replace({f"wajima2009.{name}": value for name, value in BODY.items()})
    plan = cs.Regimen() + cs.Dose("wajima2009.oral", f"{dose} mg", every="1 d", count=days)
    names = [f"wajima2009.{name}" for name in FACTORS]
    run = cs.simulate(body, None, plan, range(0, 24 * days + 1, 24), quantities=names, rtol=1e-8)
    shares = {f"{name}_share": ("patient", run[name].values[0] / run[name].values[0, 0]) for name in names}
    return xr.Dataset(shares, {"patient": range(days + 1)})


if __name__ == "__main__":
    (pt,), (aptt,), (bleeder,) = (clotting_time(test) for test in (PT, APTT, APTT | {"viii_share": 0.01}))
    print(f"PT {pt:.3f} s, aPTT {aptt:.3f} s; aPTT with a hundredth of factor VIII {bleeder:.1f} s")
    times = clotting_time(PT, under_warfarin(4, 30))
    for day in range(0, 31, 5):
        print(f"4 mg of warfarin a day, day {day:2d}: PT {times[day]:.1f} s, {times[day] / pt:.2f} x normal")
