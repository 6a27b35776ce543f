"""The acute core written out a second time, by hand, and solved by SciPy: the same curves.

The core is what endotoxin calls in volunteers: resident macrophages, their cytokines, blood counts, vessel
tone, fever and the acute phase. What else the body holds is cut off by numbers that leave it without effect.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from cytostorm.library.catalogue import model_for
from cytostorm.model import Dose, Regimen
from cytostorm.simulation import simulate

ALONE = {
    "endotoxin.half_persistent": "1e30 pg/mL",  # nothing calls inflammatory macrophages
    "endotoxin.harm": "0 1/h",  # it acts on macrophages alone
    "endotoxin.dilating": "0",
    "endotoxin.more": "0",
    "endothelium.half_tnf": "1e30 pg/mL",  # vessels stay whole
    "endothelium.half_il6": "1e30 pg/mL",
    "endothelium.half_il1": "1e30 pg/mL",
    "circulation.weakness": "0",
    "lymphocyte.renewal": "0 1/h",
    "neutrophil.more_output": "0",
}
MODEL = model_for("endotoxin").replace(ALONE)
Q = {str(p.name): MODEL.values[p] / p.factor for p in MODEL.parameters}
STATES = [
    "endotoxin.plasma",
    "macrophage.resting",
    "macrophage.triggered",
    "macrophage.transcribing",
    "macrophage.early",
    "macrophage.turning",
    "macrophage.turned",
    "macrophage.late",
    "macrophage.quieting",
    "macrophage.tolerant",
    "macrophage.recovering",
    "tnf.level",
    "il1b.level",
    "il6.level",
    "il8.level",
    "il10.level",
    "il1ra.level",
    "cortisol.level",
    "lymphocyte.blood",
    "lymphocyte.tissue",
    "monocyte.blood",
    "monocyte.margin",
    "neutrophil.reserve",
    "neutrophil.blood",
    "neutrophil.margin",
    "circulation.wall",
    "circulation.dilator",
    "fever.core",
    "liver.signal",
    "liver.synthesis",
    "liver.crp",
]


def hill(x: float, k: float, n: float = 1.0) -> float:
    r = (max(x, 0.0) / k) ** n
    return r / (1 + r)


def weighed(place: str, tnf: float, il6: float, il1: float) -> float:
    """Saturating sum of cytokines, as fever, vessels and adrenal see them."""
    half = [Q[f"{place}.half_{c}"] for c in ("tnf", "il6", "il1")]
    shares = [x / k for x, k in zip((tnf, il6, il1), half, strict=True)]
    if place in {"fever", "cortisol"}:
        shares[1] = Q[f"{place}.most_il6"] * hill(il6, half[1])
    return hill(sum(shares), 1, 2 if place == "fever" else 1)


CHILD = 1 / (1 + (Q["person.age"] / Q["person.grown"]) ** Q["person.growing"])
REST = {c: Q[f"{c}.baseline"] for c in ("tnf", "il1b", "il6", "il8", "il10", "il1ra", "cortisol")}
IL1_REST = REST["il1b"] / (1 + REST["il1ra"] / Q["il1ra.half"])


def crp_target(il6: float) -> float:
    return Q["liver.independent"] + Q["liver.most"] * hill(il6, Q["liver.half"], Q["liver.power"])


def start() -> np.ndarray:
    y = dict.fromkeys(STATES, 0.0)
    y |= {f"{c}.level": v for c, v in REST.items()} | {"macrophage.resting": 1.0}
    y |= {"circulation.wall": 1.0, "circulation.dilator": 1.0, "fever.core": Q["fever.normal"]}
    y |= {f"liver.{s}": crp_target(REST["il6"]) for s in ("signal", "synthesis", "crp")}
    for cell in ("lymphocyte", "monocyte", "neutrophil"):
        y[f"{cell}.blood"] = Q[f"{cell}.count"]
    y |= {"monocyte.margin": Q["monocyte.count"], "neutrophil.margin": Q["neutrophil.count"]}
    y["lymphocyte.blood"] *= 1 + Q["lymphocyte.more_in_children"] * CHILD
    y["lymphocyte.tissue"] = y["lymphocyte.blood"] * Q["lymphocyte.tissue_ratio"]
    y["neutrophil.reserve"] = Q["neutrophil.count"] * Q["neutrophil.reserve_ratio"]
    return np.array([y[s] for s in STATES])


def macrophages(m: list[float], stimulus: float) -> list[float]:
    act, pace = Q["macrophage.activation"] * stimulus * m[0], Q["macrophage.pace"]
    flows = [act, *(pace * x for x in m[1:7]), Q["macrophage.silence"] * m[7]]
    flows += [Q["macrophage.recovery"] * m[8], Q["macrophage.recovery"] * m[9]]
    return [flows[k - 1] - flows[k] for k in range(10)]


def slopes(_: float, y: np.ndarray, delivery: float) -> np.ndarray:
    m = list(y[1:11])
    early, turning, turned, late, quiet = m[3:8]
    tnf, il1b, il6, il8, il10, il1ra, cortisol = y[11:18]
    level = y[0] / (Q["endotoxin.volume"] * Q["person.weight"])
    il1 = il1b / (1 + il1ra / Q["il1ra.half"])
    p = {k.split(".")[1]: v for k, v in Q.items() if k.startswith("macrophage.")}
    near = tnf / (p["half_tnf"] * Q["tnf.spillover"]) + il1 / p["half_il1"]
    brake = 1 - p["most_il10"] * hill(il10, p["half_il10"])
    brake *= 1 - p["most_cortisol"] * hill(cortisol, p["half_cortisol"], 2)
    helped = p["alone"] + (1 - p["alone"]) * hill(near, 1, 3)
    made = {
        "tnf": p["tnf_rate"] * Q["tnf.spillover"] * (early + p["tnf_tail"] * quiet) * brake,
        "il1b": p["il1b_rate"] * late * brake,
        "il6": p["il6_rate"] * late * helped * brake,
        "il8": p["il8_rate"] * (late * helped + p["il8_tail"] * quiet) * brake,
        "il10": p["il10_rate"]
        * (turning + turned + late)
        * (1 + p["il10_by_cortisol"] * hill(cortisol, p["half_cortisol"], 2))
        / (1 + p["il10_by_cortisol"] * hill(REST["cortisol"], p["half_cortisol"], 2))
        * (1 + p["il10_by_il6"] * hill(il6, p["il10_half"], 2)),
        "il1ra": p["il1ra_rate"] * (late + quiet),
    }
    d = [delivery - Q["endotoxin.elimination"] * y[0]]
    d += macrophages(m, hill(level, Q["endotoxin.half"], 2))
    above = y[STATES.index("liver.synthesis")] - crp_target(REST["il6"])
    made["il1ra"] += Q["liver.il1ra_rate"] * hill(above, Q["liver.half_il1ra"], 2)
    d += [Q[f"{c}.elimination"] * (REST[c] - x) + made[c] for c, x in zip(made, y[11:17], strict=True)]
    return np.array(d + body(y, tnf, il6, il8, il1))


def body(y: np.ndarray, tnf: float, il6: float, il8: float, il1: float) -> list[float]:
    at_rest = (REST["tnf"], REST["il6"], IL1_REST)
    rise = {s: weighed(s, tnf, il6, il1) - weighed(s, *at_rest) for s in ("cortisol", "circulation", "fever")}
    cortisol = y[17]
    d = [Q["cortisol.turnover"] * (REST["cortisol"] * (1 + Q["cortisol.rise"] * rise["cortisol"]) - cortisol)]
    lb, lt, mb, mm, nr, nb, nm, wall, dilator, core, signal, synthesis, crp = y[18:]

    def pull(cell: str, more: str, half: str, x: float) -> float:
        return 1 + Q[f"{cell}.{more}"] * hill(x, Q[f"{cell}.{half}"])

    def leaving(t: float, c: float) -> float:
        by_cortisol = Q["lymphocyte.by_cortisol"] * hill(c, Q["lymphocyte.half_cortisol"], 3)
        return Q["lymphocyte.leaving"] * (pull("lymphocyte", "by_tnf", "half_tnf", t) + by_cortisol)

    out = leaving(tnf, cortisol) * lb
    back = leaving(REST["tnf"], REST["cortisol"]) / Q["lymphocyte.tissue_ratio"] * lt
    d += [back - out, out - back]
    stick, loss = Q["monocyte.sticking"], Q["monocyte.loss"]
    net = stick * (
        pull("monocyte", "more", "half", tnf) * mb - pull("monocyte", "more", "half", REST["tnf"]) * mm
    )
    d += [loss * (Q["monocyte.count"] - mb) - net, net]
    call = [
        a / Q["neutrophil.half_il6"] + b / Q["neutrophil.half_il8"]
        for a, b in ((il6, il8), (REST["il6"], REST["il8"]))
    ]
    fast = [1 + Q["neutrophil.more_release"] * hill(x, 1) for x in call]
    loss = Q["neutrophil.loss"]
    release = loss / Q["neutrophil.reserve_ratio"] * fast[0] / fast[1] * nr
    sticks = [pull("neutrophil", "more_sticking", "half_sticking", x) for x in (tnf, REST["tnf"])]
    net = Q["neutrophil.sticking"] * (sticks[0] * nb - sticks[1] * nm)
    d += [loss * Q["neutrophil.count"] - release, release - loss * nb - net, net]
    pace = Q["circulation.pace"]
    d += [pace * (1 + rise["circulation"] - wall), pace * (wall - dilator)]
    d += [Q["fever.lag"] * (Q["fever.normal"] + Q["fever.most"] * rise["fever"] - core)]
    d += [Q["liver.pace"] * (crp_target(il6) - signal), Q["liver.pace"] * (signal - synthesis)]
    return [*d, Q["liver.elimination"] * (synthesis - crp)]


def vital_signs(y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Pressure and heart rate, which follow from the states at once."""
    dilator, core = y[:, STATES.index("circulation.dilator")], y[:, STATES.index("fever.core")]
    usual = Q["circulation.normal_map"] / (1 + Q["circulation.lower_in_children"] * CHILD)
    pressure = usual / (1 + Q["circulation.widening"] * (dilator - 1))
    pulse = Q["circulation.normal_rate"] * (1 + Q["circulation.faster_in_children"] * CHILD)
    pulse = pulse + Q["circulation.by_fever"] * (core - Q["fever.normal"])
    return pressure, pulse + Q["circulation.by_pressure"] * (usual - pressure)


def by_hand(givings: list[tuple[float, float, float]], times: np.ndarray) -> np.ndarray:
    """Return states (time, state) after givings (start h, dose ng/kg, duration h)."""
    edges = sorted({0.0, float(times[-1]), *(g[0] for g in givings), *(g[0] + g[2] for g in givings)})
    y, out = start(), np.empty((len(times), len(STATES)))
    out[0] = y
    for a, b in pairwise(edges):
        y = y.copy()
        y[0] += sum(x * Q["person.weight"] for t, x, d in givings if t == a and d == 0)
        rate = sum(x * Q["person.weight"] / d for t, x, d in givings if d and t <= a < t + d)
        here = (times > a) & (times <= b)
        at = np.unique(np.append(times[here], b))
        found = solve_ivp(slopes, (a, b), y, "LSODA", at, args=(rate,), rtol=1e-10, atol=1e-12, max_step=0.5)
        out[here], y = found.y[:, np.isin(at, times[here])].T, found.y[:, -1]
    return out


@pytest.mark.parametrize(
    "givings, changes, plan",
    [
        ([(0.0, 2.0, 0.0)], {}, None),
        ([(0.0, 1.5, 0.5)], {"endotoxin.dose": 1.5, "endotoxin.duration": "30 min"}, None),
        ([(0.0, 2.0, 0.0), (24.0, 2.0, 0.0)], {}, Regimen() + Dose("endotoxin.iv", "2 ng/kg", time=24)),
    ],
)
def test_same_curves(givings, changes, plan) -> None:
    assert set(STATES) <= {s.name for s in MODEL.species}
    times = np.linspace(0, 48, 97)
    run = simulate(
        MODEL.replace(changes), None, plan, times, quantities=[*STATES, "map", "heart_rate"], rtol=1e-8
    )
    want = by_hand(givings, times)
    for k, name in enumerate(STATES):
        size = np.abs(want[:, k]).max()
        np.testing.assert_allclose(
            run[name].to_numpy()[0], want[:, k], atol=1e-6 * size, rtol=0, err_msg=name
        )
    for name, values in zip(("map", "heart_rate"), vital_signs(want), strict=True):
        np.testing.assert_allclose(run[name].to_numpy()[0], values, rtol=1e-6, err_msg=name)
