"""Read-outs under headings, in the order in which a ward looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cytostorm.plot import style

SOURCE = "source"
"""Key of the group of what the disease comes from."""
REST = "further"
"""Key of the group of what no other group knows."""


@dataclass(frozen=True)
class Group:
    """A heading and the read-outs under it.

    names : read-outs in their order.
    begins : what further names may begin with; units : units that further read-outs may have.
    decades : whether its read-outs span decades, so that their axes are logarithmic; shares of 1 do not,
        but for what the disease comes from.
    """

    key: str
    heading: str
    colour: str
    names: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    decades: bool = False

    def spans(self, unit: str) -> bool:
        """Return whether a read-out of this unit spans decades."""
        return self.decades and (unit != "1" or self.key == SOURCE)


GROUPS = (
    Group(
        SOURCE, "Pathogen, toxin or tumour", style.VERMILION,
        ("pathogen", "pathogen_blood", "viral_load", "bacteria", "tumour", "tumour_load", "antigen", "car_t"),
        begins=("pathogen_", "tumour_", "viral_", "antigen_", "toxin_", "drug_"), decades=True,
    ),
    Group(
        "cytokines", "Cytokines in blood", style.BLUE,
        ("il6", "tnf", "il1b", "il10", "il1ra", "ifng", "ifna", "il12", "il18", "gmcsf", "gcsf", "il2",
         "sil2r", "il7", "il15", "il17", "tgfb", "sil6r", "sgp130"),
        begins=("il", "ifn"), units=("pg/mL",), decades=True,
    ),
    Group("site", "At the site of the disease", style.SKY, begins=("tissue_", "site_"), decades=True),
    Group(
        "chemokines", "Chemokines", style.PURPLE, ("il8", "cxcl10", "cxcl9", "ccl2"),
        begins=("cxcl", "ccl"), decades=True,
    ),
    Group(
        "cells", "Blood count and cells", style.GREEN,
        ("wbc", "neutrophils", "lymphocytes", "monocytes", "platelets", "haemoglobin", "haematocrit",
         "cd3", "cd4", "cd8", "nk", "treg", "effectors", "hla_dr", "stimulated_tnf"),
        units=("cells/uL",),
    ),
    Group(
        "vital", "Fever and vital signs", style.ORANGE,
        ("illness", "temperature", "heart_rate", "map", "gcs"),
    ),
    Group(
        "inflammation", "Markers of inflammation", style.BLUE,
        ("crp", "ferritin", "procalcitonin", "supar", "cortisol", "alarmins"), decades=True,
    ),
    Group(
        "breathing", "Gas exchange", style.SKY,
        ("respiratory_rate", "spo2", "fio2", "pf_ratio", "pao2"),
    ),
    Group(
        "clotting", "Clotting and vessels", style.VERMILION,
        ("d_dimer", "fibrinogen", "inr", "aptt", "ang2", "thrombosis_hazard"),
    ),
    Group(
        "organs", "Organs", style.GREEN,
        ("creatinine", "egfr", "urea", "urine_output", "lactate", "anion_gap", "bilirubin", "alt", "ast",
         "ldh", "troponin", "nt_probnp", "albumin", "triglycerides", "glucose"),
    ),
    Group(
        "symptoms", "Symptoms", style.ORANGE,
        ("high_fever", "fatigue", "loss_of_appetite", "headache", "pains", "fast_heartbeat", "dizziness",
         "cough", "confusion", "nausea", "vomiting", "rash"),
    ),
    Group("scores", "Scores", style.PURPLE, ("sofa", "crs_grade"), begins=("sofa_",)),
    Group(REST, "Further read-outs", style.BLUE),
)  # fmt: skip
"""Every heading, in clinical order."""


def grouped(read_outs: Mapping[str, str], scores: Iterable[str] = ()) -> list[tuple[Group, list[str]]]:
    """Return the groups that have something, each with its read-outs in order.

    read_outs : name -> unit of what there is; scores : names of those that are scores.
    A name listed under a heading goes there; one that is not goes by how it begins, then by its unit.

    >>> [(g.key, names) for g, names in grouped({"crp": "mg/L", "il6": "pg/mL", "il99": "pg/mL"})]
    [('cytokines', ['il6', 'il99']), ('inflammation', ['crp'])]
    """
    marks = set(scores)
    found: dict[str, list[str]] = {g.key: [] for g in GROUPS}
    for name, unit in read_outs.items():
        found[_key(name, unit, score=name in marks)].append(name)
    table = []
    for group in GROUPS:
        order = {name: place for place, name in enumerate(group.names)}
        names = sorted(found[group.key], key=lambda n, order=order: order.get(n, len(order)))  # type: ignore[misc]
        if names:
            table.append((group, names))
    return table


def _key(name: str, unit: str, *, score: bool) -> str:
    for group in GROUPS:
        if name in group.names:
            return group.key
    for group in GROUPS:
        if name.startswith(group.begins):
            return group.key
    if score:
        return "scores"
    return next((g.key for g in GROUPS if unit in g.units), REST)
