"""What is seen of a patient on the way, as code: chosen quantities at any moment of a step."""

from __future__ import annotations

from collections.abc import Sequence

from cytostorm.codegen.printer import print_body, print_functions
from cytostorm.codegen.tape import Tape
from cytostorm.simulation.engine.gather import POINTS, print_gather
from cytostorm.simulation.engine.workspace import Workspace
from cytostorm.simulation.solvers.rodas5p import DENSE
from cytostorm.simulation.summaries import Sum


def furnish(work: Workspace, samples: Tape, noted: Tape, sums: Sequence[Sum]) -> None:
    """Add what a view needs behind what the engine needs in a worker's memory, the sums first."""
    work.add("sums", sum(s.size for s in sums), work.clock)
    work.add("seen", len(samples.outputs), work.lanes)
    work.add("noted", len(noted.outputs), work.lanes)
    work.add("points", POINTS * len(noted.outputs), work.lanes)


def print_view(work: Workspace, samples: Tape, noted: Tape, sums: Sequence[Sum]) -> str:
    """Return the text of `view`, which stores samples, and `gather`, which adds a step to the summaries."""
    print_functions(work.lanes)
    if work.clock.element != work.lanes.element:
        print_functions(work.clock)
    if samples.outputs:
        print_look(work, samples, "look", "seen")
        _print_store(work, len(samples.outputs))
    if sums:
        print_look(work, noted, "note", "noted")
        print_gather(work, sums, len(noted.outputs))
    return work.lanes.text()


def _weights(work: Workspace, theta: str, rest: str) -> list[str]:
    """Return by what each stage counts at the share theta of a step."""
    lanes = work.lanes
    ahead = lanes.arithmetic("fmul", theta, rest)
    found = []
    for weights in zip(*DENSE, strict=True):
        total = lanes.const(weights[-1])
        for weight in reversed(weights[:-1]):
            total = lanes.fma(theta, total, lanes.const(weight))
        found.append(lanes.arithmetic("fmul", ahead, total))
    return found


def print_look(work: Workspace, tape: Tape, function: str, area: str) -> None:
    """Print a function that fills an area with quantities at the share theta of each lane's step.

    States are those of the dense output of order 4.
    """
    lanes, species = work.lanes, len(work.system.species)
    names = {"p": "p", "h": "hoisted"}
    with work.flow.function(f"internal void @{function}(ptr noalias %w)"):
        theta = work.get("theta")
        rest = lanes.arithmetic("fsub", lanes.const(1.0), theta)
        weights = _weights(work, theta, rest)

        def load(array: int, index: int) -> str:
            name = tape.arrays[array][0]
            if name == "t":
                clock = work.clock
                since = clock.arithmetic("fmul", work.widen(theta), work.get("step"))
                return work.narrow(clock.arithmetic("fadd", work.get("t"), since))
            if name != "y":
                return work.get("u", index) if name == "u" else work.number(names[name], index)
            if index in work.system.decaying:
                return work.decayed(index, lanes.arithmetic("fmul", theta, work.get("length")))
            total = lanes.arithmetic("fmul", rest, work.get("y", index))
            total = lanes.fma(theta, work.get("state", index), total)
            for stage, weight in enumerate(weights):
                total = lanes.fma(weight, work.get("stages", stage * species + index), total)
            if work.system.signed[index]:
                return total
            # also where it is no number: a lane that is idle must not trap the others
            return lanes.choose(lanes.compare("ogt", total, lanes.const(0.0)), total, lanes.const(0.0))

        print_body(
            lanes,
            tape,
            load,
            lambda output, value: work.put(area, value, output),
            keep=range(len(tape.arrays)),
        )


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
            for q in range(row):
                area = work.areas["seen"].offset + q * work.stride("seen")
                column = flow.new(f"getelementptr i8, ptr %w, i64 {area}")
                value = flow.load(element, flow.element(element, column, lane))
                if element != "double":
                    value = flow.new(f"fpext {element} {value} to double")
                flow.store("double", value, flow.element("double", target, str(q)))
