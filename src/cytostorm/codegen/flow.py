"""LLVM text around the lanes: functions, branches, loops and single numbers."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from cytostorm.codegen.lanes import Lanes


class Flow:
    """Prints control flow into the text of `lanes`.

    What changes between blocks lives in memory (`slot`): the text is then readable, and the processor
    keeps such memory in its first cache.
    """

    def __init__(self, lanes: Lanes) -> None:
        self.lanes = lanes
        self._labels = 0
        self._slots: list[str] = []

    def line(self, text: str) -> None:
        """Print an instruction without a result."""
        self.lanes.lines.append(f"  {text}")

    def new(self, operation: str) -> str:
        """Print an instruction and return the name of its result."""
        return self.lanes.new(operation)

    @contextmanager
    def function(self, header: str) -> Iterator[None]:
        """Print a function without a result; what is printed inside is its body."""
        lines = self.lanes.lines
        lines += [f"define {header} nounwind {{", "entry:"]
        start, self._slots = len(lines), []
        yield
        lines.append("  ret void")
        lines[start:start] = self._slots
        lines.append("}")

    def slot(self, kind: str, value: str) -> str:
        """Return the address of a number in memory that holds a value from the function's start on."""
        name = f"%slot{len(self._slots)}"
        self._slots += [f"  {name} = alloca {kind}, align 64", f"  store {kind} {value}, ptr {name}, align 8"]
        return name

    def load(self, kind: str, address: str) -> str:
        """Return a number from memory."""
        return self.new(f"load {kind}, ptr {address}, align 8")

    def store(self, kind: str, value: str, address: str) -> None:
        """Put a number into memory."""
        self.line(f"store {kind} {value}, ptr {address}, align 8")

    def element(self, kind: str, base: str, index: str) -> str:
        """Return the address of an element of an array."""
        return self.new(f"getelementptr {kind}, ptr {base}, i64 {index}")

    def whole(self, op: str, a: str | int, b: str | int) -> str:
        """Return add, sub, mul, and, or, xor, shl ... of two whole numbers."""
        return self.new(f"{op} i64 {a}, {b}")

    def holds(self, predicate: str, a: str, b: str | int) -> str:
        """Return whether a comparison of two whole numbers holds."""
        return self.new(f"icmp {predicate} i64 {a}, {b}")

    def real(self, value: float) -> str:
        """Return a double as LLVM writes it."""
        return f"0x{struct.unpack('Q', struct.pack('d', value))[0]:016X}"

    def label(self, stem: str) -> str:
        """Return a new name of a block."""
        self._labels += 1
        return f"{stem}{self._labels}"

    def begin(self, name: str) -> None:
        """Start a block."""
        self.lanes.lines.append(f"{name}:")

    def jump(self, name: str) -> None:
        """End a block by going to another."""
        self.line(f"br label %{name}")

    @contextmanager
    def when(self, condition: str) -> Iterator[None]:
        """Print what is done only if a condition (i1) holds."""
        then, end = self.label("then"), self.label("end")
        self.line(f"br i1 {condition}, label %{then}, label %{end}")
        self.begin(then)
        yield
        self.jump(end)
        self.begin(end)

    @contextmanager
    def loop(self) -> Iterator[str]:
        """Print what is repeated until something jumps to the label given."""
        head, end = self.label("loop"), self.label("end")
        self.jump(head)
        self.begin(head)
        yield end
        self.jump(head)
        self.begin(end)

    def leave(self, condition: str, end: str) -> None:
        """Go to a label if a condition holds, else on."""
        on = self.label("on")
        self.line(f"br i1 {condition}, label %{end}, label %{on}")
        self.begin(on)

    @contextmanager
    def count(self, number: int | str) -> Iterator[str]:
        """Print what is repeated for 0, 1, ... number - 1; gives the index."""
        with self._repeat("0", lambda index: self.holds("sge", index, number)) as (index, following):
            yield index
            following.append(f"add i64 {index}, 1")

    @contextmanager
    def bits(self, mask: str) -> Iterator[str]:
        """Print what is repeated for each bit that is set; gives its position."""
        self.lanes.declarations.add("declare i64 @llvm.cttz.i64(i64, i1)")
        with self._repeat(mask, lambda rest: self.holds("eq", rest, 0)) as (rest, following):
            yield self.new(f"call i64 @llvm.cttz.i64(i64 {rest}, i1 true)")
            less = self.whole("sub", rest, 1)
            following.append(f"and i64 {rest}, {less}")

    @contextmanager
    def _repeat(self, first: str, ends: Callable[[str], str]) -> Iterator[tuple[str, list[str]]]:
        """Print a loop over a whole number; the body appends the operation that makes the next one."""
        before, head, latch, end = (self.label(stem) for stem in ("before", "head", "latch", "end"))
        self.jump(before)
        self.begin(before)
        self.jump(head)
        self.begin(head)
        value, after = f"%{head}.value", f"%{head}.next"
        self.line(f"{value} = phi i64 [{first}, %{before}], [{after}, %{latch}]")
        self.leave(ends(value), end)
        following: list[str] = []
        yield value, following
        self.jump(latch)
        self.begin(latch)
        self.line(f"{after} = {following[0]}")
        self.jump(head)
        self.begin(end)

    def to_bits(self, mask: str) -> str:
        """Return the mask of the lanes as a whole number."""
        width = self.lanes.width
        packed = self.new(f"bitcast {self.lanes.mask} {mask} to i{width}")
        return self.new(f"zext i{width} {packed} to i64")

    def to_mask(self, bits: str) -> str:
        """Return a whole number as a mask of the lanes."""
        width = self.lanes.width
        packed = self.new(f"trunc i64 {bits} to i{width}")
        return self.new(f"bitcast i{width} {packed} to {self.lanes.mask}")
