"""Patients at random for a score, many of them on a threshold or one last decimal beside it."""

import math

from tests.oracle import INPUTS, OPTIONAL, RATIOS
from tests.oracle.spec import Choice, Flag, exact

WIDE = 100  # a number whose range spans more than this factor is drawn on a logarithmic scale
PRESSORS = ("norepi_ug_min", "epi_ug_min", "dopamine_ug_kg_min", "phenylephrine_ug_min")
BY_WEIGHT = ("norepi_ug_kg_min", "epi_ug_kg_min", "dopamine_ug_kg_min")
CHIS_NORMAL = {
    "temp_C": 37.0,
    "ferritin": 300,
    "nlr": 4.0,
    "ldh": 200,
    "ast": 30,
    "ddimer_ug_mL": 0.4,
    "il6": 5,
    "tg_mg_dL": 100,
    "crp_mg_dL": 5.0,
}


def draw(score, rng, n, *, optional=False):
    """Draw n patients of a score with the generator rng, with its optional inputs if wished.

    One number in three lies on a threshold of its input, or one last decimal below or above it. Of the
    ratios that a score takes, one in three lies as near to a threshold as the decimals allow.
    """
    specs = {**INPUTS[score], **(OPTIONAL.get(score, {}) if optional else {})}
    return [_patient(score, specs, rng) for _ in range(n)]


def _patient(score, specs, rng):
    patient = {name: _value(spec, rng) for name, spec in specs.items()}
    for ratio in RATIOS.get(score, ()):
        if ratio[0] in patient and rng.random() < 1 / 3:
            _set_ratio(patient, specs, ratio, rng)
    if score in TIDY:
        TIDY[score](patient, rng)
    return patient


def _value(spec, rng):
    if isinstance(spec, Flag):
        return rng.random() < 0.5
    if isinstance(spec, Choice):
        return rng.choice(spec.values)
    if spec.boundaries and rng.random() < 1 / 3:
        step = exact(10) ** -spec.decimals
        return _written(spec, exact(rng.choice(spec.boundaries)) + rng.choice((-1, 0, 1)) * step)
    if spec.low > 0 and spec.high / spec.low > WIDE:
        return _written(spec, math.exp(rng.uniform(math.log(spec.low), math.log(spec.high))))
    return _written(spec, rng.uniform(spec.low, spec.high))


def _written(spec, number):
    """Write a number with the decimals of its input, inside the range."""
    number = min(max(round(float(number), spec.decimals), spec.low), spec.high)
    return int(number) if spec.decimals == 0 else float(number)


def _set_ratio(patient, specs, ratio, rng):
    above, below, thresholds = ratio
    step = exact(10) ** -specs[above].decimals
    target = exact(rng.choice(thresholds)) * exact(patient[below])
    patient[above] = _written(specs[above], target + rng.choice((-1, 0, 1)) * step)


def _tidy_astct(patient, rng):
    """Leave out what cannot be: flow without a cannula, pressors without hypotension."""
    if patient["oxygen"] == "room_air":
        patient["flow_L_min"] = 0
    if patient["n_vasopressors_excl_vasopressin"] > 0 or patient["vasopressin"]:
        patient["hypotension"] = True
    patient["intubated_for_airway_protection_only"] &= patient["oxygen"] == "intubated"
    patient["death_due_to_crs"] &= rng.random() < 0.1


def _tidy_ctcae(patient, rng):
    patient["hypotension"] |= patient["n_vasopressors"] > 0
    _mostly_alive(patient, rng, "life_threatening", "death_due_to_crs")


def _tidy_lee(patient, rng):
    for pressor in PRESSORS:
        if rng.random() < 0.6:
            patient[pressor] = type(patient[pressor])(0)
    if patient["vasopressin"] or any(patient[pressor] > 0 for pressor in PRESSORS):
        patient["hypotension"] = True
    _mostly_alive(patient, rng, "ventilator", "death_due_to_crs")


def _tidy_penn(patient, rng):
    _mostly_alive(patient, rng, "death_due_to_crs")
    if rng.random() < 0.5:
        patient["oxygen"] = "room_air"
    if rng.random() < 0.5:
        patient["hypotension"] = "none"


def _tidy_icans(patient, rng):
    for item, calm in (("seizure", "none"), ("edema_icp", "none"), ("motor_focal_weakness", False)):
        if rng.random() < 0.7:
            patient[item] = calm
    if patient["arousal"] == "unarousable":
        patient["ice"] = 0


def _tidy_hlh(patient, rng):
    patient["molecular_diagnosis"] &= rng.random() < 0.2


def _tidy_mas(patient, rng):
    for item in ("sjia_known_or_suspected", "fever"):
        patient[item] |= rng.random() < 0.7


def _tidy_iec(patient, rng):
    patient["iec_recipient"] |= rng.random() < 0.8
    patient["explained_by_crs_infection_or_progression"] &= rng.random() < 0.3
    patient["ferritin_rapidly_rising"] &= rng.random() < 0.5


def _tidy_sofa(patient, rng):
    pressors = [
        name for name in ("norepi_ug_kg_min", "epi_ug_kg_min", "dopamine_ug_kg_min") if name in patient
    ]
    for pressor in pressors:
        if rng.random() < 0.6:
            patient[pressor] = 0.0


def _tidy_sofa2(patient, rng):
    _tidy_sofa(patient, rng)
    _mostly_alive(patient, rng, "ecmo_resp", "mech_circ_support", "rrt")
    if "spo2" not in patient:
        return
    if rng.random() < 0.5:
        patient["pao2_mmHg"] = None
    agents = [patient[pressor] for pressor in BY_WEIGHT]
    patient["vasopressors_unavailable"] &= not any(agents) and not patient["other_pressor_or_inotrope"]


def _tidy_kdigo(patient, rng):
    patient["rise_48h"] = min(patient["rise_48h"], patient["cr_mg_dL"])
    _mostly_alive(patient, rng, "rrt")


def _tidy_berlin(patient, rng):
    for item in ("bilateral_opacities", "not_fully_cardiac"):
        patient[item] |= rng.random() < 0.7


def _tidy_global(patient, rng):
    if "pao2" in patient and rng.random() < 0.5:
        patient["pao2"] = None


def _tidy_chis(patient, rng):
    """Let most items be normal: of patients with all at random hardly one stays below two points."""
    for item, normal in CHIS_NORMAL.items():
        if rng.random() < 0.6:
            patient[item] = normal


def _tidy_caricchio(patient, rng):
    for item in ("covid_symptoms", "ggo"):
        patient[item] |= rng.random() < 0.8


def _tidy_who(patient, rng):
    _mostly_alive(patient, rng, "dead")
    patient["hospitalised"] |= rng.random() < 0.6
    if "sf" in patient and rng.random() < 0.5:
        patient["pf"] = None
    if "infected" in patient:
        patient["infected"] |= rng.random() < 0.8


def _mostly_alive(patient, rng, *names):
    """Keep an item that settles the score by itself from drowning all others."""
    for name in names:
        patient[name] &= rng.random() < 0.2


TIDY = {
    "ASTCT-CRS-2019": _tidy_astct,
    "CTCAE-v5-CRS": _tidy_ctcae,
    "Lee-2014-CRS": _tidy_lee,
    "Penn-CRS": _tidy_penn,
    "ASTCT-ICANS-2019": _tidy_icans,
    "HLH-2004": _tidy_hlh,
    "MAS-2016": _tidy_mas,
    "IEC-HS": _tidy_iec,
    "SOFA": _tidy_sofa,
    "SOFA-2": _tidy_sofa2,
    "KDIGO-AKI": _tidy_kdigo,
    "Berlin-ARDS": _tidy_berlin,
    "Global-ARDS-2023": _tidy_global,
    "cHIS": _tidy_chis,
    "Caricchio-COVID-CS": _tidy_caricchio,
    "WHO-CPS": _tidy_who,
}
