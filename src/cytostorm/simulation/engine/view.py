"""What is seen of a patient on the way, as code: chosen quantities at any moment of a step."""

from __future__ import annotations

from cytostorm.codegen.native import Target
from cytostorm.codegen.printer import print_body, print_functions
from cytostorm.codegen.system import System
from cytostorm.codegen.tape import Tape
from cytostorm.simulation.engine.workspace import STAGES, Workspace
from cytostorm.simulation.look import rows_read
from cytostorm.simulation.solvers.rodas5p import DENSE

NEEDED = len(DENSE)


def states_of(tape: Tape) -> list[int]:
    """Return which species a program reads."""
    return rows_read(tape)["y"]


def prepared(system: System, target: Target, tape: Tape, kept: int = 0) -> Workspace:
    """Return a worker's memory with room for a view; `kept` numbers of summaries come first."""
    work = Workspace(system, target)
    work.add("sums", kept, work.clock)
    work.add("dense", NEEDED * len(states_of(tape)), work.lanes)
    work.add("seen", len(tape.outputs), work.lanes)
    return work


def print_view(work: Workspace, tape: Tape) -> None:
    """Print functions, `dense`, `look` and `view`."""
    print_functions(work.lanes)
    if work.clock.element != work.lanes.element:
        print_functions(work.clock)
    _print_dense(work, tape)
    _print_look(work, tape)
    _print_store(work, len(tape.outputs))


def _print_dense(work: Workspace, tape: Tape) -> None:
    """Print `dense`: the polynomials of the states that are read, over the step just made."""
    lanes, species = work.lanes, len(work.system.species)
    with work.flow.function("void @dense(ptr noalias %c, ptr noalias %w)"):
        for k, n in enumerate(states_of(tape)):
            stages = [work.get("stages", stage * species + n) for stage in range(STAGES)]
            for row, weights in enumerate(DENSE):
                total = lanes.arithmetic("fmul", lanes.const(weights[0]), stages[0])
                for weight, value in zip(weights[1:], stages[1:], strict=True):
                    total = lanes.fma(lanes.const(weight), value, total)
                work.put("dense", total, NEEDED * k + row)


def _print_look(work: Workspace, tape: Tape) -> None:
    """Print `look`: all quantities at the share theta of each lane's step."""
    lanes = work.lanes
    place = {n: k for k, n in enumerate(states_of(tape))}
    names = {"p": "p", "u": "u", "h": "hoisted"}
    with work.flow.function("internal void @look(ptr noalias %w)"):
        theta = work.get("theta")
        rest = lanes.arithmetic("fsub", lanes.const(1.0), theta)

        def load(array: int, index: int) -> str:
            name = tape.arrays[array][0]
            if name == "t":
                clock = work.clock
                since = clock.arithmetic("fmul", work.widen(theta), work.get("step"))
                return work.narrow(clock.arithmetic("fadd", work.get("t"), since))
            if name != "y":
                return work.get(names[name], index)
            total = work.get("dense", NEEDED * place[index] + NEEDED - 1)
            for row in reversed(range(NEEDED - 1)):
                total = lanes.fma(theta, total, work.get("dense", NEEDED * place[index] + row))
            total = lanes.fma(rest, total, work.get("state", index))
            total = lanes.fma(theta, total, lanes.arithmetic("fmul", rest, work.get("y", index)))
            # also where it is no number: a lane that is idle must not trap the others
            return lanes.choose(lanes.compare("ogt", total, lanes.const(0.0)), total, lanes.const(0.0))

        print_body(lanes, tape, load, lambda output, value: work.put("seen", value, output))


def _print_store(work: Workspace, row: int) -> None:
    """Print `view`: a look, whose values go to the next row of samples of each lane in %bits."""
    flow, element = work.flow, work.lanes.element.name
    with flow.function("void @view(ptr noalias %c, ptr noalias %w, i64 %bits)"):
        flow.line("call void @look(ptr %w)")
        moments = work.field("moments", "i64")
        out = work.field("out")
        with flow.bits("%bits") as lane:
            place = {
                name: flow.load("i64", flow.element("i64", flow.new(
                    f"getelementptr i8, ptr %w, i64 {work.areas[name].offset}"), lane))
                for name in ("patient", "sample")
            }  # fmt: skip
            first = flow.whole("add", flow.whole("mul", place["patient"], moments), place["sample"])
            target = flow.element("double", out, flow.whole("mul", first, row))
            with flow.count(row) as q:
                value = flow.load(element, work.single("seen", lane, index=q))
                if element != "double":
                    value = flow.new(f"fpext {element} {value} to double")
                flow.store("double", value, flow.element("double", target, q))
