"""The person: what is true of him or her before anything happens."""

from cytostorm.library.kinetics import falls
from cytostorm.model import LogNormal, Module, Parameter

m = Module(
    "person",
    "person",
    "the person",
    about="A healthy young adult, as volunteers of endotoxin studies are, unless a trigger's "
    "usual patients differ. "
    "Genotypes are classes on a scale from 1, normal, to 0, function lost.",
)

weight = m.covariate(
    "weight",
    75.0,
    "kg",
    "body weight",
    source="assumed",
    note="typical of young volunteers; doses are per kg",
    spread=LogNormal(1.13),
    usual=(3.0, 200.0),
)


def trait(
    name: str, value: float, label: str, note: str, most: float, *, unit: str = "1", gsd: float | None = None
) -> Parameter:
    """Declare what describes the person, between 0 and `most`."""
    return m.covariate(
        name,
        value,
        unit,
        label,
        source="assumed",
        note=note,
        usual=(0.0, most),
        spread=LogNormal(gsd) if gsd else None,
    )


age = trait("age", 30.0, "age", "a young volunteer", 110.0, unit="year", gsd=1.22)
man = trait(
    "man", 0.5, "1 for a man, 0 for a woman", "between the two; men have more of hormone-driven risk", 1.0
)
comorbidity = trait(
    "comorbidity",
    0.0,
    "chronic disease of heart, vessels, lung, kidney or metabolism; 1 is heavy",
    "none in health",
    3.0,
    gsd=2.0,
)
immunity = trait(
    "immunity",
    0.0,
    "memory of this very pathogen from vaccine or infection; 1 is full",
    "none in health",
    1.0,
)
killing = trait(
    "killing",
    1.0,
    "killing by perforin; 1 normal, 0 as in familial HLH",
    "1 in health; carriers of one allele 0.5",
    1.0,
)
restored = m.drive("restored", "1", "share of lost killing that others' cells bring back")
able = killing + restored * (1 - killing)  # what is left of killing by perforin, or was brought back
natural_killer = trait(
    "natural_killer",
    1.0,
    "function of NK cells; 1 normal",
    "1 in health; low in systemic juvenile arthritis",
    2.0,
)
interferon = trait(
    "interferon",
    1.0,
    "type I interferon that works; 1 normal, 0 with inborn errors or autoantibodies",
    "1 in health",
    2.0,
    gsd=1.5,
)
inflammasome = trait(
    "inflammasome", 1.0, "readiness of inflammasomes to release IL-1 and IL-18; 1 normal", "1 in health", 30.0
)
burden = m.drive(
    "burden",
    "1",
    "underlying disease that is felt, none 0 to full 1: pathogen, tumour or wound; triggers say",
)
conditioning = trait(
    "conditioning",
    0.0,
    "share of lymphocytes, marrow reserve and precursors removed beforehand by lymphodepletion",
    "none in health",
    1.0,
)

falling = m.assumed(
    "falling",
    0.6,
    "1",
    "share of the blood's neutrophils and monocytes gone by the day of infusion, at full conditioning",
    "their marrow was hit days before",
)
thinned = 1 - falling * conditioning

grown = m.assumed(
    "grown", 8.0, "year", "age at which half of a child's difference from an adult is gone", "school age"
)
growing = m.assumed("growing", 4.0, "1", "steepness of growing up", "adult values from 16 years on")
childhood = falls(age, grown, growing)  # 1 in a small child, 0 in an adult

COSTEFF = "recalled: (4 weight + 7) / (weight + 90), by weight alone"
widest = m.assumed("widest", 4.0, "m2", "body surface that no weight exceeds", COSTEFF)
narrowest = m.assumed("narrowest", 7.0, "kg*m2", "body surface of no weight, times the weight below", COSTEFF)
rounding = m.assumed("rounding", 90.0, "kg", "weight by which surface lags behind weight", COSTEFF)
surface = m.observable(
    "surface",
    (widest * weight + narrowest) / (weight + rounding),
    "m2",
    "body surface, which doses may be per",
)

usual_weight = m.assumed(
    "usual_weight", 70.0, "kg", "weight of a usual adult", "the convention of pharmacology"
)
by_flow = m.assumed("by_flow", 0.75, "1", "power of weight in clearances of children", "allometry")
flow_size = (weight / usual_weight) ** (
    by_flow * childhood
)  # 1 in adults, whose published numbers hold as they are
volume_size = (weight / usual_weight) ** childhood
