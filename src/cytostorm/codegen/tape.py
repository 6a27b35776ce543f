"""The straight-line program that every printer prints: no branches, no loops, each value set once."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cytostorm.codegen.graph import TINY, Graph, Node

Instruction = tuple[str, tuple[float | int, ...]]


@dataclass(frozen=True)
class Tape:
    """A straight-line program over lanes.

    arrays : (name, length) of each input array, in calling order; each array is (length, lanes).
    code : instructions in order; arguments are positions of earlier instructions, except for
        ("load", (array, index)) and ("const", (value,)).
    outputs : position of each output element.
    """

    name: str
    arrays: tuple[tuple[str, int], ...]
    code: tuple[Instruction, ...]
    outputs: tuple[int, ...]

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the program."""
        return hashlib.sha256(repr((self.name, self.arrays, self.code, self.outputs)).encode()).hexdigest()


def tape(graph: Graph, name: str, arrays: Sequence[tuple[str, int]], outputs: Sequence[Node]) -> Tape:
    """Return the program that computes the outputs: powers lowered to exp and log, products fused.

    A product that is used once, in a sum or difference, becomes one operation with it:
    fma (a b + c), fms (a b - c), fnma (c - a b). A product used twice stays a value of its own, so that
    what leaves one state and what enters another are the same number.
    """
    order = {array: i for i, (array, _) in enumerate(arrays)}
    needed = graph.reachable(outputs)
    fused = _fused(graph, needed, outputs)
    absorbed = {product for product, _ in fused.values()}
    code: list[Instruction] = []
    made: dict[tuple[object, ...], int] = {}
    place: dict[Node, int] = {}

    def emit(op: str, *args: float) -> int:
        # -0.0 == 0.0, but they are not one constant
        key = (op, args, math.copysign(1.0, args[0]) if op == "const" else 0)
        if key not in made:
            made[key] = len(code)
            code.append((op, args))
        return made[key]

    for node in needed:
        op, args = graph.nodes[node]
        if node in absorbed:
            continue
        if node in fused:
            product, other = fused[node]
            factors = [place[int(a)] for a in graph.nodes[product][1]]
            how = "fma" if op == "add" else "fms" if args[0] == product else "fnma"
            place[node] = emit(how, *factors, place[other])
        elif op == "load":
            place[node] = emit("load", order[str(args[0])], int(args[1]))
        elif op == "const":
            place[node] = emit("const", float(args[0]))
        elif op == "pow":
            base, exponent = (place[int(a)] for a in args)
            log = emit("log", emit("max", base, emit("const", TINY)))
            place[node] = emit("exp", emit("mul", exponent, log))
        else:
            place[node] = emit(op, *(place[int(a)] for a in args))
    return Tape(name, tuple(arrays), tuple(code), tuple(place[n] for n in outputs))


def _fused(graph: Graph, needed: Sequence[Node], outputs: Sequence[Node]) -> dict[Node, tuple[Node, Node]]:
    """Return for each sum that takes in a product: the product and the other term."""
    uses = Counter(outputs)
    for node in needed:
        op, args = graph.nodes[node]
        if op not in ("load", "const"):
            uses.update(int(a) for a in args)

    def free(node: Node) -> bool:
        return graph.nodes[node][0] == "mul" and uses[node] == 1

    found = {}
    for node in needed:
        op, args = graph.nodes[node]
        if op in ("add", "sub"):
            a, b = int(args[0]), int(args[1])
            if free(b):
                found[node] = (b, a)
            elif free(a):
                found[node] = (a, b)
    return found
