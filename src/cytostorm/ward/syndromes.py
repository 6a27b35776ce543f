"""The syndromes that are told apart: what causes each, and which published criteria speak of it."""

from __future__ import annotations

from dataclasses import dataclass

from cytostorm.ward.context_terms import AUTOIMMUNE, CAUSES, INFECTION, MALIGNANCY, THERAPY

STORM, RELEASE = "cytokine storm", "cytokine release syndrome"
ADULT, CHILD = "adult", "child"


@dataclass(frozen=True)
class Criterion:
    """A published definition that speaks of a syndrome.

    parts : what of it must be reached, each above 0.
    who : "adult" or "child" if it is for one of them only; empty for all.
    shown : the definition whose items are told, if another than this one.
    """

    score: str
    parts: tuple[str, ...]
    who: str = ""
    shown: str = ""


@dataclass(frozen=True)
class Candidate:
    """A syndrome that a patient may have.

    group : cytokine storm, or cytokine release syndrome. cause : what sort of thing causes it.
    causes : terms of the context of which one is enough. cause_facts : facts that say the same.
    criteria : of which one is enough.
    asked : whether the syndrome is worth asking for where no cause was told. Treatments are known to those
        who gave them, so that one that is not told was not given.
    """

    name: str
    label: str
    group: str
    cause: str
    causes: frozenset[str]
    criteria: tuple[Criterion, ...]
    cause_facts: tuple[str, ...] = ()
    asked: bool | str = True


def _terms(*kinds: str) -> frozenset[str]:
    return frozenset(t.name for t in CAUSES if t.kind in kinds)


HLH = (Criterion("HLH-2004", ("meets",)), Criterion("HScore", ("at_or_above_169",), ADULT))
CELLS = frozenset({"CAR-T", "immune effector cells"})

CANDIDATES = (
    Candidate(
        "primary HLH", "haemophagocytic lymphohistiocytosis by an inherited defect", STORM,
        "inherited defect",
        frozenset({"inherited defect", "affected sibling", "consanguinity", "infant"}),
        (Criterion("HLH-2004", ("meets",)),), ("molecular_diagnosis",), asked=CHILD,
    ),
    Candidate(
        "IEC-HS", "HLH-like syndrome of immune effector cells, a second wave after their release",
        RELEASE, "therapy", CELLS, (Criterion("IEC-HS-2023", ("required", "timing")),), ("immune_cells",),
        asked=False,
    ),
    Candidate(
        "MAS", "macrophage activation syndrome", STORM, "autoimmune disease", _terms(AUTOIMMUNE),
        (Criterion("MAS-2016", ("meets",)), *HLH), ("sjia",),
    ),
    Candidate(
        "CRS", "cytokine release syndrome", RELEASE, "therapy", _terms(THERAPY),
        (Criterion("ASTCT-CRS-2019", ("grade",)),), ("immune_cells",), asked=False,
    ),
    Candidate(
        "MIS-C", "multisystem inflammatory syndrome in children", STORM, "after infection",
        frozenset({"recent COVID-19"}), (Criterion("MIS-C-2023", ("meets",)),), ("covid_recent",),
    ),
    Candidate(
        "COVID-19 hyperinflammation", "hyperinflammation in COVID-19", STORM, "infection",
        frozenset({"COVID-19"}),
        (Criterion("cHIS", ("hyperinflammation",)), Criterion("Caricchio-COVID-CS", ("meets",))),
        asked=False,
    ),
    Candidate(
        "HLH of malignancy", "secondary HLH", STORM, "malignancy", _terms(MALIGNANCY), HLH,
    ),
    Candidate(
        "HLH of infection", "secondary HLH", STORM, "infection", _terms(INFECTION), HLH,
        ("infection",),
    ),
    Candidate(
        "sepsis", "sepsis: infection with failing organs", STORM, "infection", _terms(INFECTION),
        (
            Criterion("Sepsis-3", ("sepsis",), ADULT, "SOFA"),
            Criterion("Phoenix", ("sepsis",), CHILD),
        ), ("infection",),
    ),
    Candidate(
        "response to endotoxin", "inflammation of endotoxin that was given", STORM, "experiment",
        frozenset({"endotoxin"}), (Criterion("SIRS", ("positive",)),), asked=False,
    ),
)  # fmt: skip
"""The more particular first."""

BESIDE = (Criterion("ISTH-DIC", ("overt",)), Criterion("ASTCT-ICANS-2019", ("grade",)))
"""What goes with a syndrome and is told beside it."""

LIKE_HLH = ("primary HLH", "IEC-HS", "MAS", "HLH of malignancy", "HLH of infection")
"""Syndromes of the same findings, so that one whose cause is told leaves no question of the others; but a
child may have an inherited defect whatever set it off."""

RIVALS = (
    ("IEC-HS", "CRS", "CRS is over"),
    ("IEC-HS", "HLH of malignancy", "after immune cells"),
    ("IEC-HS", "HLH of infection", "after immune cells"),
    ("sepsis", "CRS", "its text asks that no other cause explains the findings"),
    ("sepsis", "IEC-HS", "its text asks that no infection explains the findings"),
    ("sepsis", "MIS-C", "its text asks that no other cause explains the findings"),
)
"""(which prevails, which stays open beside it, why). Sepsis prevails where an infection is found; where it
is only suspected, both stay open."""
