"""The storms of the demo: what strikes, when a ward would act, and what it would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import xarray as xr

    from cytostorm.model import Model, Regimen
    from cytostorm.report.arms import Arm, Storm

LATE = 96.0
"""Hours after the moment of treatment at which it is too late here."""
ARMS = (
    ("untreated", "Untreated", None),
    ("in_time", "Treated in time", 0.0),
    ("too_late", "Treated too late", LATE),
)
"""Key and name of each arm, and how many hours after the moment it is treated; the untreated come first."""
STEP = 6.0
"""Hours between two values that are kept; criteria are looked at on this grid."""


@dataclass(frozen=True)
class Setting:
    """One storm.

    when : criterion of the ward, looked at every `check` hours; words : it in words, after "121 patients".
    since : what time counts from; regimens : what is given, the first dose or series of each.
    window, before : hours looked at from that moment on, and before it; slack : hours by which it comes at
        the latest if it is to be followed for the whole window.
    shown : panels of the page.
    """

    key: str
    title: str
    trigger: str
    severity: str
    when: str
    check: float
    words: str
    since: str
    regimens: tuple[str, ...]
    window: float
    before: float
    slack: float
    shown: tuple[str, ...]


SETTINGS = (
    Setting(
        key="car_t",
        title="Cytokine release after CAR-T cells",
        trigger="car_t",
        severity="storm",
        # the grade from which on labels and guidelines give tocilizumab
        when="crs_grade >= 2",
        check=6.0,
        words="come to cytokine release of grade 2",
        since="the infusion",
        regimens=("tocilizumab, CAR-T CRS label", "dexamethasone, CRS three days"),
        window=14 * 24.0,
        before=24.0,
        slack=14 * 24.0,
        shown=("il6", "ifng", "temperature", "crp", "crs_grade", "sofa"),
    ),
    Setting(
        key="covid",
        title="COVID-19",
        trigger="sars_cov_2",
        severity="storm",
        # the bound of severe disease, as in the protocol of the library
        when="spo2 < 94 percent",
        check=12.0,
        words="come to a saturation below 94 %",
        since="infection",
        regimens=("dexamethasone, COVID-19", "tocilizumab, COVID-19 label"),
        window=28 * 24.0,
        before=96.0,
        slack=16 * 24.0,
        shown=("il6", "ifng", "temperature", "crp", "pf_ratio", "sofa"),
    ),
)
"""One storm of a therapy and one of a virus."""


def simulated(
    setting: Setting, patients: int, seed: int, progress: Callable[[int, int], None] | None = None
) -> Storm:
    """Return a storm in its arms. progress : called with patients done and patients in all, over all arms."""
    from cytostorm.library.catalogue import model_for, recipe
    from cytostorm.model import Rule
    from cytostorm.population import sample
    from cytostorm.report.arms import Storm
    from cytostorm.report.tables import EVIDENCE

    orders = first_orders(setting)
    model = model_for(
        setting.trigger, sorted({dose.route for dose in orders.doses}), severity=setting.severity
    )
    made = recipe(setting.trigger)
    cohort = sample(model, patients, seed=seed)
    return Storm(
        key=setting.key,
        title=setting.title,
        severity=setting.severity,
        evidence=EVIDENCE[made.evidence],
        limits=tuple(made.limits),
        model=model,
        moment=Rule.parse(setting.when, check=setting.check),
        words=setting.words,
        since=setting.since,
        window=setting.window,
        before=setting.before,
        shown=setting.shown,
        arms=tuple(_arms(setting, model, cohort, progress)),
    )


def first_orders(setting: Setting) -> Regimen:
    """Return what the regimens order without looking again, and what forbids it."""
    from cytostorm.formulary import regimen
    from cytostorm.model import Regimen

    plan = Regimen()
    for name in setting.regimens:
        plan += regimen(name)
    return Regimen(plan.doses, gates=plan.gates)


def _arms(
    setting: Setting, model: Model, cohort: xr.Dataset, progress: Callable[[int, int], None] | None
) -> Iterator[Arm]:
    """Yield the untreated, those treated at the moment, and those treated later."""
    import numpy as np

    from cytostorm.model import Regimen, Rule
    from cytostorm.report.arms import Arm
    from cytostorm.simulation import simulate

    orders = first_orders(setting)
    times = np.arange(0.0, setting.window + setting.slack + 1e-9, STEP)
    patients = int(cohort.sizes["patient"])
    for number, (key, name, after) in enumerate(ARMS, start=1):
        doses = () if after is None else orders.doses
        rules = tuple(
            Rule.parse(
                f"{setting.when}, then once", replace(dose, time=dose.time + (after or 0.0)), setting.check
            )
            for dose in doses
        )
        plan = Regimen(rules=rules, gates=orders.gates) if rules else None
        run = simulate(model, cohort, plan, times, quantities=setting.shown)
        if progress is not None:
            progress(number * patients, len(ARMS) * patients)
        yield Arm(key, name, run, doses, after)
