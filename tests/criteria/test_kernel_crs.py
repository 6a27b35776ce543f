"""The kernel's grades of cytokine release are those of the published text, given what a ward would do.

What would be needed is read off pressure and oxygen in the kernel; here it is turned into orders in a table,
and the text grades these.
"""

import numpy as np
import pytest
import sympy

from cytostorm.criteria import history
from cytostorm.criteria.catalogue import find
from cytostorm.criteria.evaluate import evaluate
from cytostorm.library.organs import circulation, fever, kidney, lung
from cytostorm.library.scores import astct, penn
from cytostorm.model import Observable, Parameter

MOMENTS = 20_000
STATE = {
    fever.core: (36, 41),
    circulation.pressure: (30, 100),
    circulation.filled: (30, 110),
    lung.ratio: (50, 480),
    kidney.creatinine: (40, 200),  # below three times the usual, beyond which the kernel does not look
}
ORDERS = (lung.low_flow, lung.high_flow, lung.positive, circulation.vasopressors)


@pytest.fixture(scope="module")
def moments():
    """Return random moments, most of them of patients without orders, all adults."""
    rng = np.random.default_rng(4)
    out = {quantity: rng.uniform(*span, MOMENTS) for quantity, span in STATE.items()}
    out |= {order: (rng.random(MOMENTS) < 0.1).astype(float) for order in ORDERS}
    return out | {circulation.normal_map: 93.0, circulation.usual_map: 93.0}


def settled(expression, moments):
    """Return an expression of states, with observables written out and parameters by their values."""
    while inner := {
        q: q.expression for q in expression.free_symbols if isinstance(q, Observable) and q not in moments
    }:
        expression = expression.xreplace(inner)
    known = {q: q.value for q in expression.free_symbols if isinstance(q, Parameter) and q not in moments}
    return expression.xreplace(known)


def kernel(score, moments):
    """Return what a score of the kernel says of each moment."""
    expression = settled(score.expression, moments)
    symbols = [q for q in expression.free_symbols if q in moments]
    of = sympy.lambdify(symbols, expression, "numpy")
    return np.broadcast_to(of(*(moments[q] for q in symbols)), (MOMENTS,))


def device(moments, *worst_first):
    """Return the place of the device that is ordered or would be needed, by limits of PaO2/FiO2."""
    ratio = moments[lung.ratio]
    wanted = [((ratio < limit) | (moments[order] > 0), word) for limit, order, word in worst_first]
    return np.select([need for need, _ in wanted], [history.oxygen.code(word) for _, word in wanted], 0.0)


def test_astct_grades_what_would_be_needed(moments):
    filled = moments[circulation.filled]
    on = moments[circulation.vasopressors] > 0
    columns = {
        "temperature": moments[fever.core],
        "hypotension": moments[circulation.pressure] < astct.FLUIDS.value,
        "vasopressors": np.select(
            [filled < astct.PRESSORS.value, (filled < astct.FLUIDS.value) | on], [2, 1], 0
        ),
        "oxygen": device(
            moments,
            (astct.POSITIVE.value, lung.positive, "NIV"),
            (astct.HIGH_FLOW.value, lung.high_flow, "high_flow"),
            (astct.LOW_FLOW.value, lung.low_flow, "low_flow"),
        ),
    }
    graded = evaluate(find("ASTCT-CRS-2019"), columns).low["grade"]
    assert set(graded) == {0, 1, 2, 3, 4}
    np.testing.assert_array_equal(graded, kernel(astct.m.quantities["crs_grade"], moments))


def test_penn_grades_what_would_be_needed(moments):
    filled = moments[circulation.filled]
    on = moments[circulation.vasopressors] > 0
    columns = {
        "temperature": moments[fever.core],
        "hypotension": moments[circulation.pressure] < astct.FLUIDS.value,
        "noradrenaline": np.select([filled < penn.HIGH_DOSE.value, on], [0.5, 0.1], 0.0),
        "oxygen": device(
            moments,
            (penn.VENTILATOR.value, lung.positive, "MV"),
            (astct.LOW_FLOW.value, lung.low_flow, "low_flow"),
            (0.0, lung.high_flow, "high_flow"),
        ),
        "creatinine": moments[kidney.creatinine],
        "creatinine_upper": np.full(MOMENTS, float(settled(kidney.usual, moments))),
    }
    graded = evaluate(find("Penn-CRS"), columns).low["grade"]
    assert set(graded) == {0, 1, 2, 3, 4}
    np.testing.assert_array_equal(graded, kernel(penn.m.quantities["penn_grade"], moments))
