"""A worker's memory, and the printers that fill it: one vector of lanes for every number of the method."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cytostorm.codegen.flow import Flow
from cytostorm.codegen.lanes import DOUBLE, Lanes
from cytostorm.codegen.native import Target
from cytostorm.codegen.system import System

ALIGNED = 64
"""Bytes of a cache line; every array of lanes starts on one."""
STAGES = 8

FIELDS = (
    "queue", "count", "counter", "stop",
    "y", "p", "u", "hoisted", "real", "whole", "sums",
    "time", "index", "value",
    "grid", "moments", "out", "row",
    "until", "rtol", "scale", "loose", "most", "smallest",
    "view", "gather", "kept", "fate",
)  # fmt: skip
"""What a call is told, eight bytes each: addresses, whole numbers, doubles.

queue, count, counter : patients to do, how many, and the next to take, shared by all workers.
stop : workers leave when this is not zero.
y, p, u, hoisted : per patient, states, parameters that vary, inputs in force, what varies with parameters.
real, whole : per patient, REAL and WHOLE; sums : the summaries gathered so far.
time, index, value : events of all patients, one after the other (see `Block`).
grid, moments, out, row : sample times, how many, where samples go, numbers per sample.
until : hours at which a patient is put back; rtol, scale, most, smallest : see `Rodas5P`; loose : by
what the scale is multiplied for what decays.
view, gather : programs of a view (see `view`), zero without one; kept : numbers in `sums`.
fate : per patient, FATE and thresholds (see `fate`).
"""


@dataclass(frozen=True)
class Varying:
    """Which parameters, and which numbers hoisted from them, differ between patients: rows, in order.

    Each of these takes a vector of lanes; all others are one number for everyone, an eighth of the memory.
    """

    p: tuple[int, ...]
    hoisted: tuple[int, ...]

    @classmethod
    def of(cls, system: System, rows: Iterable[int]) -> Varying:
        """Return what varies if some parameters do."""
        chosen = set(rows)
        moves: list[bool] = []
        for op, args in system.hoist.code:
            if op in ("load", "const"):
                moves.append(op == "load" and int(args[1]) in chosen)
            else:
                moves.append(any(moves[int(a)] for a in args))
        return cls(
            tuple(sorted(chosen)), tuple(k for k, place in enumerate(system.hoist.outputs) if moves[place])
        )


@dataclass(frozen=True)
class Area:
    """An array of lanes: `offset` in bytes, vectors in it, and which printer its elements belong to."""

    offset: int
    length: int
    printer: Lanes


class Workspace:
    """Prints loads and stores of named arrays relative to %w.

    lanes : printer of states and rates; clock : printer of times, always in double precision.
    """

    def __init__(self, system: System, target: Target, varying: Varying) -> None:
        self.system = system
        self.varying = varying
        self.triple = target.triple
        self.lanes = target.lanes()
        self.clock = Lanes(target.width, DOUBLE, fused=target.fused, beside=self.lanes)
        self.flow = Flow(self.lanes)
        self.areas: dict[str, Area] = {}
        self.size = 0
        species, lanes, clock = len(system.species), self.lanes, self.clock
        for name in ("t", "h", "after", "clamped", "due", "next", "step", "arrival"):
            self.add(name, 1, clock)
        for name in ("event", "events_end", "sample", "patient", "steps", "rejected"):
            self.add(name, 1, clock)
        for name in ("length", "inverse", "g", "now", "error", "poison", "below", "theta"):
            self.add(name, 1, lanes)
        sizes = dict(system.rates.arrays)
        self.rows = {
            "p": {row: k for k, row in enumerate(varying.p)},
            "hoisted": {row: k for k, row in enumerate(varying.hoisted)},
        }
        self.same = [("p", row) for row in range(sizes["p"]) if row not in self.rows["p"]]
        self.same += [("hoisted", row) for row in range(sizes["h"]) if row not in self.rows["hoisted"]]
        self._slot = {key: k for k, key in enumerate(self.same)}
        self.add("same", -(-len(self.same) // target.width), lanes)
        for name, length in (("p", len(varying.p)), ("u", sizes["u"]), ("hoisted", len(varying.hoisted))):
            self.add(name, length, lanes)
        self.add("y", species, lanes)
        self.add("state", species, lanes)
        self.add("stages", STAGES * species, lanes)
        self.add("drift", species if system.timed else 0, lanes)
        self.add("decay", 2 * len(system.decaying), lanes)
        self.add("lu", dict(system.solve.arrays)["lu"], lanes)
        if system.endings:
            for name, length in (("died_at", 1), ("nearest", 1), ("threshold", len(system.endings))):
                self.add(name, length, clock)
            for name in ("low", "high", "span"):
                self.add(name, 1, clock)
            self.add("share", 1, lanes)
            self.add("watched", len(system.endings), lanes)

    @property
    def span(self) -> str:
        """What holds how long each step counts: all of it, or up to the end of a patient's run."""
        return "span" if self.system.endings else "step"

    def within(self, theta: str) -> str:
        """Return a share of what counts of a step as a share of the step."""
        return self.lanes.arithmetic("fmul", theta, self.get("share")) if self.system.endings else theta

    def add(self, name: str, length: int, printer: Lanes) -> None:
        """Set room aside for an array of lanes."""
        self.areas[name] = Area(self.size, length, printer)
        self.size += -(-length * printer.width * printer.element.size // ALIGNED) * ALIGNED

    def address(self, name: str, index: int = 0) -> str:
        """Return the address of a vector."""
        area = self.areas[name]
        return self.flow.new(f"getelementptr i8, ptr %w, i64 {area.offset + index * self.stride(name)}")

    def stride(self, name: str) -> int:
        """Return the bytes from one vector of an array to the next."""
        printer = self.areas[name].printer
        return printer.width * printer.element.size

    def get(self, name: str, index: int = 0) -> str:
        """Return a vector."""
        return self.read(name, self.address(name, index))

    def number(self, name: str, row: int) -> str:
        """Return a row of p or hoisted, whether it varies or is one number for everyone."""
        if row in self.rows[name]:
            return self.get(name, self.rows[name][row])
        element = self.lanes.element
        offset = self.areas["same"].offset + self._slot[name, row] * element.size
        place = self.flow.new(f"getelementptr i8, ptr %w, i64 {offset}")
        one = self.flow.new(f"load {element.name}, ptr {place}, align {element.size}")
        return self.everywhere(one, self.lanes)

    def put(self, name: str, value: str, index: int = 0) -> None:
        """Store a vector."""
        self.write(name, value, self.address(name, index))

    def read(self, name: str, address: str) -> str:
        """Return the vector at an address within an array."""
        printer = self.areas[name].printer
        return self.flow.new(f"load {printer.vector}, ptr {address}, align {self._align(name)}")

    def write(self, name: str, value: str, address: str) -> None:
        """Store the vector at an address within an array."""
        printer = self.areas[name].printer
        self.flow.line(f"store {printer.vector} {value}, ptr {address}, align {self._align(name)}")

    def _align(self, name: str) -> int:
        return min(self.stride(name), ALIGNED)

    def single(self, name: str, lane: str, kind: str = "", index: str = "0") -> str:
        """Return the address of one lane of a vector, whose index may be known at run time only."""
        printer = self.areas[name].printer
        kind = kind or printer.element.name
        row = self.flow.whole("mul", index, printer.width) if index != "0" else "0"
        return self.flow.element(kind, self.address(name), self.flow.whole("add", row, lane))

    def decayed(self, species: int, since: str) -> str:
        """Return what decays some time into the step: e^z y + b t (e^z - 1) / z with z = a t.

        since : t, a vector of elements.
        """
        lanes, d = self.lanes, self.system.decaying.index(species)
        z = lanes.arithmetic("fmul", self.get("decay", 2 * d), since)
        factor = lanes.exp(z)
        still = lanes.compare("oeq", z, lanes.const(0.0))
        mean = lanes.choose(still, lanes.const(1.0), lanes.arithmetic("fdiv", lanes.expm1(z), z))
        gained = lanes.arithmetic("fmul", self.get("decay", 2 * d + 1), lanes.arithmetic("fmul", since, mean))
        return lanes.fma(factor, self.get("y", species), gained)

    def narrow(self, value: str) -> str:
        """Return a vector of doubles as elements."""
        return self._convert("fptrunc", value, self.clock, self.lanes)

    def widen(self, value: str) -> str:
        """Return a vector of elements as doubles."""
        return self._convert("fpext", value, self.lanes, self.clock)

    def _convert(self, how: str, value: str, old: Lanes, new: Lanes) -> str:
        if old.element == new.element:
            return value
        return self.flow.new(f"{how} {old.vector} {value} to {new.vector}")

    def field(self, name: str, kind: str = "ptr") -> str:
        """Return what the call was told: an address (ptr), a whole number (i64) or a double."""
        place = self.flow.element("i64", "%c", str(FIELDS.index(name)))
        return self.flow.load(kind, place)

    def everywhere(self, value: str, printer: Lanes) -> str:
        """Return a single number in all lanes of a vector."""
        one = self.flow.new(f"insertelement {printer.vector} poison, {printer.element.name} {value}, i64 0")
        zeros = f"<{printer.width} x i32> zeroinitializer"
        return self.flow.new(f"shufflevector {printer.vector} {one}, {printer.vector} poison, {zeros}")
