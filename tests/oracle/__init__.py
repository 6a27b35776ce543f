"""A second scorer of the clinical scores, written from the published definitions alone.

Each score is a plain function: it takes one patient, a dict of complete inputs, and returns a dict.
It shares nothing with the package, so that both can be held against each other.
"""

from tests.oracle import (
    apache,
    car_t,
    clotting,
    covid,
    crs,
    hyperinflammation,
    kidney,
    lungs,
    mis_c,
    neurotoxicity,
    phoenix,
    sepsis,
    sofa,
    sofa2,
    ward,
)

GROUPS = (
    crs,
    neurotoxicity,
    hyperinflammation,
    car_t,
    sofa,
    sofa2,
    sepsis,
    phoenix,
    lungs,
    mis_c,
    clotting,
    kidney,
    covid,
    ward,
    apache,
)


def _gather(name):
    return {score: entry for group in GROUPS for score, entry in getattr(group, name, {}).items()}


SCORES = _gather("SCORES")
INPUTS = _gather("INPUTS")  # what each score always needs
OPTIONAL = _gather("OPTIONAL")  # what footnotes and side rules need besides
RATIOS = _gather("RATIOS")  # (above, below, thresholds of above / below)


def score(name, patient):
    """Score one patient."""
    return SCORES[name](patient)
