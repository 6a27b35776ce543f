"""One Rodas5P step of a vector of lanes, as code: eight stages, the end of the step and its error."""

from __future__ import annotations

from collections.abc import Callable

from cytostorm.codegen.printer import print_body
from cytostorm.codegen.tape import Tape
from cytostorm.simulation.engine.workspace import STAGES, Workspace
from cytostorm.simulation.solvers.rodas5p import DRIFT, GAMMA, MOST_SQUARE, NODES, UNSEEN, A, C

CHAINS = 2
"""Running maxima kept side by side, so that one need not wait for the other."""


def print_leaves(work: Workspace) -> None:
    """Print linearise, decay, rates and solve as functions of a worker's memory.

    rates adds to what lies in %k; solve turns a right-hand side in %k into the solution.
    """
    system, species = work.system, len(work.system.species)

    def stage(output: int) -> str:
        return work.flow.new(f"getelementptr i8, ptr %k, i64 {output * work.stride('stages')}")

    def add(output: int, value: str) -> None:
        here = stage(output)
        total = work.lanes.arithmetic("fadd", work.read("stages", here), value)
        work.write("stages", total, here)

    def home(output: int) -> tuple[str, int]:
        drift = species if system.timed else 0
        if output < species:
            return "stages", output
        if output < species + drift:
            return "drift", output - species
        return "lu", output - species - drift

    def distribute(output: int, value: str) -> None:
        name, index = home(output)
        work.put(name, value, index)

    names = {"t": "now", "y": "y", "p": "p", "u": "u", "h": "hoisted", "g": "g", "lu": "lu"}
    _print_leaf(
        work, system.linearise, names, distribute, again=lambda output: work.get(*home(output)), inline=True
    )
    _print_leaf(work, system.decay, names, lambda output, value: work.put("decay", value, output))
    _print_leaf(work, system.rates, names | {"y": "state"}, add, inline=True)
    with work.flow.function("internal void @solve(ptr noalias %w, ptr noalias %k)"):
        print_body(
            work.lanes,
            system.solve,
            lambda array, index: work.get("lu", index) if array == 0 else work.read("stages", stage(index)),
            lambda output, value: work.write("stages", value, stage(output)),
            keep=(1,),  # the right-hand side, which the solution is written over
        )


def _print_leaf(
    work: Workspace,
    tape: Tape,
    names: dict[str, str],
    store: Callable[[int, str], None],
    *,
    again: Callable[[int], str] | None = None,
    inline: bool = False,
) -> None:
    areas = [names[array] for array, _ in tape.arrays]

    def load(array: int, index: int) -> str:
        name = areas[array]
        return work.number(name, index) if name in work.rows else work.get(name, index)

    with work.flow.function(f"internal void @{tape.name}(ptr noalias %w, ptr noalias %k)"):
        print_body(
            work.lanes,
            tape,
            load,
            store,
            again=again,
            inline=inline,
        )


def print_step(work: Workspace) -> None:
    """Print `step`: from y over the step of each lane to `state`, with error, poison and below.

    error : largest error over its tolerance; poison : zero if all is finite; below : how far the lowest
    state that is not signed lies under zero, over its tolerance.
    """
    flow, lanes = work.flow, work.lanes
    species = len(work.system.species)
    with flow.function("internal void @step(ptr noalias %c, ptr noalias %w)"):
        t, size = work.clock, work.get("step")
        h = work.narrow(size)
        work.put("length", h)
        work.put("inverse", lanes.arithmetic("fdiv", lanes.const(1.0), h))
        share = lanes.arithmetic("fmul", lanes.const(GAMMA), h)
        work.put("g", lanes.arithmetic("fdiv", lanes.const(1.0), share))
        for stage in range(STAGES):
            shift = t.arithmetic("fmul", t.const(NODES[stage]), size)
            work.put("now", work.narrow(t.arithmetic("fadd", work.get("t"), shift)))
            here = work.address("stages", stage * species)
            if stage == 0:
                flow.line(f"call void @linearise(ptr %w, ptr {here})")
                _print_drift(work)
            else:
                _print_sums(work, stage)
                flow.line(f"call void @rates(ptr %w, ptr {here})")
            flow.line(f"call void @solve(ptr %w, ptr {here})")
        if work.system.decaying:
            flow.line("call void @decay(ptr %w, ptr null)")
        _print_error(work)


def _row(work: Workspace, name: str, index: str, stage: int = 0) -> str:
    """Return the address of a vector whose index is known at run time only."""
    base = work.address(name, stage * len(work.system.species))
    return work.flow.element("i8", base, work.flow.whole("mul", index, work.stride(name)))


def _print_drift(work: Workspace) -> None:
    """Print the share of the time derivative in the first stage."""
    if not work.system.timed:
        return
    lanes = work.lanes
    share = lanes.arithmetic("fmul", lanes.const(DRIFT[0]), work.get("length"))
    with work.flow.count(len(work.system.species)) as n:
        here = _row(work, "stages", n)
        drift = work.read("drift", _row(work, "drift", n))
        work.write("stages", lanes.fma(share, drift, work.read("stages", here)), here)


def _print_sums(work: Workspace, stage: int) -> None:
    """Print the state at which a stage is evaluated, and what earlier stages add to its right-hand side.

    The last three stages build on each other: their states differ by one stage each.
    """
    lanes = work.lanes
    inverse, length = work.get("inverse"), work.get("length")
    drift = DRIFT[stage] if work.system.timed else 0.0
    share = lanes.arithmetic("fmul", lanes.const(drift), length) if drift else ""
    with work.flow.count(len(work.system.species)) as n:
        k = [work.read("stages", _row(work, "stages", n, j)) for j in range(stage)]
        place = _row(work, "state", n)
        if stage > 1 and A[stage][: stage - 1] == A[stage - 1] and A[stage][-1] == 1.0:
            state = lanes.arithmetic("fadd", work.read("state", place), k[-1])
        else:
            state = work.read("y", _row(work, "y", n))
            for weight, value in zip(A[stage], k, strict=True):
                state = lanes.fma(lanes.const(weight), value, state)
        work.write("state", state, place)
        total = lanes.arithmetic("fmul", lanes.const(C[stage][0]), k[0])
        for weight, value in zip(C[stage][1:], k[1:], strict=True):
            total = lanes.fma(lanes.const(weight), value, total)
        total = lanes.arithmetic("fmul", total, inverse)
        if share:
            total = lanes.fma(share, work.read("drift", _row(work, "drift", n)), total)
        work.write("stages", total, _row(work, "stages", n, stage))


def _print_error(work: Workspace) -> None:
    """Print the end of the step and its error.

    The worst of many quotients is found without dividing: a / b is more than c / d if a d is more than c b.
    """
    lanes, flow, species = work.lanes, work.flow, len(work.system.species)
    zero = lanes.const(0.0)
    rtol = work.everywhere(_as_element(work, work.field("rtol", "double")), lanes)
    loose = work.everywhere(_as_element(work, work.field("loose", "double")), lanes)
    scale = work.field("scale")
    top, bottom, poison, lowest, room = (
        [x] * CHAINS for x in (zero, lanes.const(1.0), zero, zero, lanes.const(1.0))
    )
    for n in range(species):
        chain = n % CHAINS
        if n in work.system.decaying:
            error, end = _unseen(work, n), work.decayed(n, work.get("length"))
        else:
            error = work.get("stages", (STAGES - 1) * species + n)
            end = lanes.arithmetic("fadd", work.get("state", n), error)
        work.put("state", end, n)
        size = _larger(work, lanes.intrinsic("fabs", work.get("y", n)), lanes.intrinsic("fabs", end))
        place = flow.element(lanes.element.name, scale, str(n))
        floor = flow.new(f"load {lanes.element.name}, ptr {place}, align {lanes.element.size}")
        floor = work.everywhere(floor, lanes)
        if n in work.system.decaying:
            floor = lanes.arithmetic("fmul", loose, floor)
        size = lanes.fma(rtol, size, floor)
        poison[chain] = lanes.fma(error, zero, lanes.fma(end, zero, poison[chain]))
        share = (lanes.intrinsic("fabs", error), size)
        top[chain], bottom[chain] = _worse(work, share, (top[chain], bottom[chain]))
        if work.system.signed[n]:
            continue
        under = (lanes.new(f"fneg {lanes.vector} {end}"), size)
        lowest[chain], room[chain] = _worse(work, under, (lowest[chain], room[chain]))
    for name, tops, bottoms in (("error", top, bottom), ("below", lowest, room)):
        worst = (tops[0], bottoms[0])
        for pair in zip(tops[1:], bottoms[1:], strict=True):
            worst = _worse(work, pair, worst)
        work.put(name, lanes.arithmetic("fdiv", *worst))
    total = poison[0]
    for part in poison[1:]:
        total = lanes.arithmetic("fadd", total, part)
    work.put("poison", total)


def _unseen(work: Workspace, species: int) -> str:
    """Return what five points of a step do not see of a species that decays: z^6 / 1935360 of y + b / a.

    Its end is exact; but summaries look at five points, which limits the step while it is far from rest.
    """
    lanes, d = work.lanes, work.system.decaying.index(species)
    z = lanes.arithmetic("fmul", work.get("decay", 2 * d), work.get("length"))
    square = lanes.arithmetic("fmul", z, z)
    most = lanes.const(MOST_SQUARE)
    square = lanes.choose(lanes.compare("ogt", square, most), most, square)
    share = lanes.arithmetic("fmul", lanes.arithmetic("fmul", square, square), square)
    share = lanes.arithmetic("fmul", share, lanes.const(UNSEEN))
    a, b = work.get("decay", 2 * d), work.get("decay", 2 * d + 1)
    away = lanes.arithmetic("fadd", work.get("y", species), lanes.arithmetic("fdiv", b, a))
    still = lanes.compare("oeq", a, lanes.const(0.0))
    return lanes.arithmetic("fmul", share, lanes.choose(still, lanes.const(0.0), away))


def _worse(work: Workspace, one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    """Return the larger of two quotients, each as top and bottom; the other where one is no number."""
    lanes = work.lanes
    if lanes.element.name == "float":  # whose range is too small for such products
        one = (lanes.arithmetic("fdiv", *one), lanes.const(1.0))
    left, right = lanes.arithmetic("fmul", one[0], other[1]), lanes.arithmetic("fmul", other[0], one[1])
    more = lanes.compare("ogt", left, right)
    return lanes.choose(more, one[0], other[0]), lanes.choose(more, one[1], other[1])


def _larger(work: Workspace, a: str, b: str) -> str:
    """Return the larger of two vectors; `b` where `a` is no number."""
    return work.lanes.choose(work.lanes.compare("ogt", a, b), a, b)


def _as_element(work: Workspace, value: str) -> str:
    if work.lanes.element.name == "double":
        return value
    return work.flow.new(f"fptrunc double {value} to {work.lanes.element.name}")
