"""What belongs together: a trigger and the body it acts on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from cytostorm.model import Module


@dataclass(frozen=True)
class Recipe:
    """A model that can be run by name.

    modules : what to compose; what they touch comes by itself.
    hours, step : how long and how finely a run looks, in hours.
    limits : what a reader of its results must know, one sentence each.
    settings : values "parameter": "number unit" that make it of modules it shares with others.
    severities : by name, values laid over those; they change the trigger and the person, nothing else.
    usual : name of the severity taken when none is named; empty for none.
    longer : hours of the severities whose course is longer than `hours`, by name.
    evidence : "calibrated" if held against measured courses, else "plausible".
    """

    name: str
    label: str
    about: str
    modules: tuple[Module, ...]
    hours: float = 48.0
    step: float = 0.1
    limits: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    severities: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    usual: str = ""
    evidence: str = "plausible"
    longer: Mapping[str, float] = field(default_factory=dict)

    def hours_of(self, severity: str | None) -> float:
        """Return how long a run at a severity looks, in hours; of the usual one if none is named."""
        return self.longer.get(severity or self.usual, self.hours)


ENDOTOXIN_LIMITS = (
    (
        "Calibrated on healthy young volunteers after 1 and 2 ng/kg; of other doses only the fifth of "
        "five daily ones and the times of peak after 4 ng/kg were seen. Nothing here was fitted to a patient."
    ),
    (
        "The response saturates, since a large part of the macrophages is used up: 4 ng/kg raises the "
        "peak of TNF by a fifth, of IL-6 and IL-8 by two fifths, of IL-10 by three fifths over 2 ng/kg. "
        "No row of measured peaks above 2 ng/kg was used."
    ),
    "IL-6 and IL-8 rise too early: at 1 h they are two to three times what was measured.",
    (
        "At 2 ng/kg one laboratory (Kiers2017) measured a third of the IL-6 of the laboratory fitted, "
        "but not so at 1 ng/kg; both cannot be met at once."
    ),
    "Neutrophils, monocytes and cortisol have no row to calibrate on; their shapes are assumptions.",
    "Recovery from tolerance rests on one figure, the fifth day; between two doses it is a guess.",
    "IL-1 does almost nothing in this model; endotoxin data do not tell its effects from those of TNF.",
    "Several constants are not told apart by the data and are assumed; the table of numbers says which.",
    "IL-10 leaves plasma at an effective rate, several times the true one; a dose of it would go too fast.",
    (
        "Clotting, leak of vessels, organs and death are those of the whole body; nothing of them was fitted "
        "to volunteers. Complement is not in this model."
    ),
)


def body() -> tuple[Module, ...]:
    """Return the mechanisms every trigger acts on; the cytokines come with the cells that make them."""
    from cytostorm.library.cells import bcell, lymphocyte, monocyte, neutrophil, nk, secretome, stroma, tcell
    from cytostorm.library.organs import (
        brain,
        circulation,
        coagulation,
        fate,
        fever,
        iron,
        kidney,
        liver,
        lung,
        marrow,
        procalcitonin,
        site,
    )  # fmt: skip

    cells = (bcell, lymphocyte, monocyte, neutrophil, nk, secretome, stroma, tcell)
    organs = (
        brain,
        circulation,
        coagulation,
        fate,
        fever,
        iron,
        kidney,
        liver,
        lung,
        marrow,
        procalcitonin,
        site,
    )
    return tuple(part.m for part in (*cells, *organs))


@lru_cache(maxsize=1)
def all_recipes() -> Mapping[str, Recipe]:
    """Return every recipe by name."""
    from cytostorm.library.presets import autoinflammation, infections, therapies
    from cytostorm.library.triggers import endotoxin

    made = [
        Recipe(
            "endotoxin",
            "human experimental endotoxaemia",
            "Healthy volunteers are given a small dose of bacterial endotoxin into a vein: the best measured "
            "acute inflammation in humans, which ends by itself within a day.",
            (endotoxin.m, *body()),
            limits=ENDOTOXIN_LIMITS,
            severities={
                "mild": {"endotoxin.dose": "1 ng/kg"},
                "severe": {"endotoxin.dose": "4 ng/kg"},
                "storm": {"endotoxin.dose": "10 ug/kg"},  # as once taken by a patient
            },
            evidence="calibrated",
            longer={"storm": 336.0},
        ),
        *infections.RECIPES,
        *autoinflammation.RECIPES,
        *therapies.RECIPES,
    ]
    return MappingProxyType({r.name: r for r in made})
