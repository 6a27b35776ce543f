"""Chance that can be repeated: counter-based draws, keyed by seed, purpose and patient.

A patient's numbers depend on the seed, the name of the number and the patient's index alone: not on how
many patients are drawn, in which order, or on which other numbers are.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SPARSE = 100
"""How many times more indices than patients there may be before each patient's word is drawn alone."""


def uniform(seed: int, purpose: str, patients: NDArray[np.int64]) -> Array:
    """Return one number between 0 and 1 per patient, never either of them, by Philox counter.

    purpose : what the number is for, such as "person.weight"; each purpose is a stream of its own.
    patients : indices, zero or more, in any order.
    """
    digest = hashlib.sha256(f"{seed}/{purpose}".encode()).digest()
    key = np.frombuffer(digest[:16], np.uint64)
    drawn: Array = ((_words(key, patients) >> np.uint64(11)).astype(float) + 0.5) * 2.0**-53
    return drawn


def _words(key: NDArray[np.uint64], patients: NDArray[np.int64]) -> NDArray[np.uint64]:
    """Return a 64-bit word per patient: the first of the four of the counter that the patient owns."""
    first, last = int(patients.min()), int(patients.max())
    if last - first >= SPARSE * patients.size:  # two patients far apart need no words in between
        few = [np.random.Philox(key=key, counter=[int(i), 0, 0, 0]).random_raw(1)[0] for i in patients]
        return np.array(few, np.uint64)
    words = np.random.Philox(key=key, counter=[first, 0, 0, 0]).random_raw(4 * (last - first + 1))[::4]
    return np.asarray(words[patients - first], np.uint64)


def standard_normal(seed: int, purpose: str, patients: NDArray[np.int64]) -> Array:
    """Return one standard normal number per patient, by the inverse of its distribution; see `uniform`."""
    from scipy.special import ndtri

    return np.asarray(ndtri(uniform(seed, purpose, patients)))
