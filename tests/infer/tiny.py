"""Problems whose answers are known, and which cost nothing to look at."""

from __future__ import annotations

import math

from cytostorm.infer import Free, Prior, Problem, Row

TRUTH = {"toy.rate": 0.3, "toy.volume": 5.0}
DOSES = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
HOURS = (0.5, 1.0, 3.0, 6.0)


def level(dose: float, hours: float, values: dict[str, float]) -> float:
    return dose / values["toy.volume"] * math.exp(-values["toy.rate"] * hours)


def rows(values: dict[str, float], width: float = 1.5) -> list[Row]:
    """Return rows of ten curves, one for each dose, whose published values are exact."""
    found = []
    for dose in DOSES:
        for hours in HOURS:
            true = level(dose, hours, TRUTH)
            name, curve = f"{dose:g} mg, {hours:g} h", f"{dose:g} mg"
            found.append(Row(name, curve, level(dose, hours, values), (true / width, true * width)))
    return found


def problem(people: int = 1, seed: int = 0, free: tuple[str, ...] = ()) -> Problem:
    """Return a drug in one compartment: both of its numbers can be told from its levels."""
    del people, seed
    both = (
        Free("toy.rate", 0.03, 3.0, "1/h", 0.1),
        Free("toy.volume", 0.5, 50.0, "L", 20.0),
    )
    chosen = tuple(f for f in both if f.name in free) or both
    return Problem(
        "tiny", chosen, lambda values: rows(TRUTH | dict(values)), about={"models": {"toy": "f" * 64}}
    )


def product() -> Problem:
    """Return a problem of which the rows see the product of two numbers alone, and a third one."""

    def seen(values: dict[str, float]) -> list[Row]:
        together = {"toy.rate": values["toy.one"] * values["toy.two"], "toy.volume": values["toy.volume"]}
        return rows(together)

    free = (
        Free("toy.one", 0.1, 10.0, "1/h", 0.5),
        Free("toy.two", 0.1, 10.0, "1", 0.6),
        Free("toy.volume", 0.5, 50.0, "L", 5.0),
    )
    return Problem("product", free, seen, reason="a test of what cannot be told apart")


def held(factor: float) -> Problem:
    """Return a problem without evidence of the rate but a citation."""
    prior = Prior(0.4, factor, "Someone2020")
    free = (Free("toy.rate", 0.03, 3.0, "1/h", 0.1, prior=prior),)

    def blind(values: dict[str, float]) -> list[Row]:
        del values
        return rows(TRUTH)

    return Problem("held", free, blind)
