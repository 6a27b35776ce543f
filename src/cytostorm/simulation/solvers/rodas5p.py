"""Rodas5P: a stiffly accurate Rosenbrock method of order 5 with eight stages, in lanes.

Every lane (patient) has a step size of its own; no number of one lane ever meets that of another, so a
patient's bits do not depend on who else is in the batch. Coefficients and dense output of order 4:
Steinebach (2023), BIT Numerical Mathematics 63, 27, doi 10.1007/s10543-023-00967-x.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cytostorm.codegen import Kernel
from cytostorm.errors import InputError

Array = NDArray[np.float64]

GAMMA = 0.21193756319429014
Row = tuple[float, ...]
A: tuple[Row, ...] = (
    (),
    (3.0,),
    (2.849394379747939, 0.45842242204463923),
    (-6.954028509809101, 2.489845061869568, -10.358996098473584),
    (2.8029986275628964, 0.5072464736228206, -0.3988312541770524, -0.04721187230404641),
    (-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946),
    (-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946,
     1.0),
    (-7.502846399306121, 2.561846144803919, -11.627539656261098, -0.18268767659942256, 0.030198172008377946,
     1.0, 1.0),
)  # fmt: skip
C: tuple[Row, ...] = (
    (),
    (-14.155112264123755,),
    (-17.97296035885952, -2.859693295451294),
    (147.12150275711716, -1.41221402718213, 71.68940251302358),
    (165.43517024871676, -0.4592823456491126, 42.90938336958603, -5.961986721573306),
    (24.854864614690072, -3.0009227002832186, 47.4931110020768, 5.5814197821558125, -0.6610691825249471),
    (30.91273214028599, -3.1208243349937974, 77.79954646070892, 34.28646028294783, -19.097331116725623,
     -28.087943162872662),
    (37.80277123390563, -3.2571969029072276, 112.26918849496327, 66.9347231244047, -40.06618937091002,
     -54.66780262877968, -9.48861652309627),
)  # fmt: skip
NODES = (0.0, 0.6358126895828704, 0.4095798393397535, 0.9769306725060716, 0.4288403609558664, 1.0, 1.0, 1.0)
DRIFT = (0.21193756319429014, -0.42387512638858027, -0.3384627126235924, 1.8046452872882734,
         2.325825639765069, 0.0, 0.0, 0.0)  # fmt: skip
DENSE: tuple[Row, ...] = (
    (25.948786856663858, -2.5579724845846235, 10.433815404888879, -2.3679251022685204, 0.524948541321073,
     1.1241088310450404, 0.4272876194431874, -0.17202221070155493),
    (-9.91568850695171, -0.9689944594115154, 3.0438037242978453, -24.495224566215796, 20.176138334709044,
     15.98066361424651, -6.789040303419874, -6.710236069923372),
    (11.419903575922262, 2.8879645146136994, 72.92137995996029, 80.12511834622643, -52.072871366152654,
     -59.78993625266729, -0.15582684282751913, 4.883087185713722),
)  # fmt: skip

SAFETY = 0.9
"""Share of the step that should just meet the tolerance."""
SHRINK, REJECTED, GROWTH = 0.1, 0.9, 6.0
"""Bounds on the change from a step to the next: least; most after a rejection; most."""
GROWTH_AFTER_EVENT = 100.0
"""Most after the first step that follows an event: that step was a guess."""
UNSEEN, MOST_SQUARE = 1.0 / 1_935_360.0, 100.0
"""What Boole's rule misses of e^z over a step is z^6 times the first; z^2 counts up to the second."""
CLOSE = 1.000001
"""A step this near to a stop goes to the stop."""


@dataclass(frozen=True)
class Rodas5P:
    """Settings of the integrator.

    rtol : relative local error aimed at.
    atol : absolute local error aimed at, as a share of rtol x each species' scale.
    first : first step tried, in hours, also after a dose.
    most_steps : steps a patient may take before its status becomes "step limit".
    smallest : step, in hours, below which its status becomes "no convergence".
    """

    rtol: float = 1e-6
    atol: float = 1e-3
    first: float = 1e-3
    most_steps: int = 200_000
    smallest: float = 1e-12

    def __post_init__(self) -> None:
        """Refuse settings that cannot work."""
        if not 1e-13 <= self.rtol <= 0.1:
            raise InputError(f"rtol {self.rtol} cannot be used", "1e-13 to 0.1", "1e-6 is a good start")


@dataclass
class Step:
    """One step of all lanes: from `start` over h (lanes,) to `end`, with its error and dense output.

    decaying : rows of species whose course is known in closed form; decay : their a and b, see `System`.
    """

    start: Array
    h: Array
    end: Array
    error: Array
    dense: tuple[Array, Array, Array]
    decaying: NDArray[np.intp]
    decay: Array

    def at(self, theta: Array, lanes: NDArray[np.intp]) -> Array:
        """Return the states of some lanes at a share theta (0 to 1) of their step."""
        one, two, three = (d[:, lanes] for d in self.dense)
        rest = 1.0 - theta
        end = self.end[:, lanes]
        y = rest * self.start[:, lanes] + theta * (end + rest * (one + theta * (two + theta * three)))
        if self.decaying.size:
            y[self.decaying] = self._decayed(theta * self.h[lanes], lanes)
        return y

    def end_decays(self) -> None:
        """Put what decays where it is known to be at the end of the step.

        Its error is what the five points of a step do not see of its way to rest: summaries look at no more.
        """
        if self.decaying.size:
            self.end[self.decaying] = self._decayed(self.h, np.arange(len(self.h)))
            a, b = self.decay[0::2], self.decay[1::2]
            square = np.minimum((a * self.h) ** 2, MOST_SQUARE)
            with np.errstate(divide="ignore", invalid="ignore"):
                away = np.where(a == 0.0, 0.0, self.start[self.decaying] + b / a)
            self.error[self.decaying] = square * square * square * UNSEEN * away

    def _decayed(self, since: Array, lanes: NDArray[np.intp]) -> Array:
        """Return what decays some time after the start: e^z y + b t (e^z - 1) / z with z = a t."""
        a, b = self.decay[0::2, lanes], self.decay[1::2, lanes]
        z = a * since
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(z == 0.0, 1.0, np.expm1(z) / z)
        return np.asarray(np.exp(z) * self.start[self.decaying][:, lanes] + b * (since * mean))


@dataclass(frozen=True)
class Place:
    """Where lanes stand: y (species, lanes), p (parameters, lanes), u (inputs, lanes), hoisted (h, lanes)."""

    y: Array
    p: Array
    u: Array
    hoisted: Array

    @property
    def given(self) -> tuple[Array, Array, Array]:
        """What does not change within a step."""
        return self.p, self.u, self.hoisted


def take_step(kernel: Kernel, t: Array, place: Place, h: Array) -> Step:
    """Return one step of size h (lanes,) from time t (lanes,)."""
    y, given, system = place.y, place.given, kernel.system
    jacobian = kernel.jacobian(t[None, :], y, *given)
    factors = kernel.factor(jacobian, (1.0 / (GAMMA * h))[None, :])
    drift = kernel.drift(t[None, :], y, *given) if system.timed else None
    stages: list[Array] = []
    state = y
    for i in range(8):
        if i:
            state = y.copy()
            for a, k in zip(A[i], stages, strict=True):
                state += a * k
        right = kernel.rates((t + NODES[i] * h)[None, :], state, *given)
        for c, k in zip(C[i], stages, strict=True):
            right += (c / h) * k
        if drift is not None and DRIFT[i]:
            right += (DRIFT[i] * h) * drift
        stages.append(kernel.solve(factors, right))
    dense = []
    for row in DENSE:
        total = row[0] * stages[0]
        for weight, k in zip(row[1:], stages[1:], strict=True):
            total += weight * k
        dense.append(total)
    decay = kernel.decay(t[None, :], y, *given) if system.decaying else np.empty((0, len(h)))
    rows = np.array(system.decaying, np.intp)
    step = Step(y, h, state + stages[7], stages[7], (dense[0], dense[1], dense[2]), rows, decay)
    step.end_decays()
    return step
