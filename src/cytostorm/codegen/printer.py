"""Tapes as LLVM text: the body of any tape wherever it is wanted, and each tape as a loop over lanes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

from cytostorm.codegen.lanes import Lanes
from cytostorm.codegen.tape import Tape

_ARITHMETIC = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
_FUSED = ("fma", "fms", "fnma")
_INTRINSICS = {"abs": "fabs", "max": "maximum", "min": "minimum"}
_COMPARISONS = {"lt": "olt", "le": "ole", "eq": "oeq"}
_FUNCTIONS = {"exp": Lanes.exp, "log": Lanes.log, "tanh": Lanes.tanh}


PART = 128
"""Instructions in a basic block. LLVM keeps a number that is loaded in one block and used in a later one on
its stack; a block that loads again what it needs reads it where it lies."""


def print_body(
    lanes: Lanes,
    tape: Tape,
    load: Callable[[int, int], str],
    store: Callable[[int, str], None],
    *,
    again: Callable[[int], str] | None = None,
    inline: bool = False,
    keep: Collection[int] = (),
) -> None:
    """Print what a tape computes, for one vector of lanes, where the printer stands.

    load : given the position of an array and an index, returns the value.
    store : is given the position of an output and its value, as soon as there is one.
    again : returns an output that was stored, if that can be loaded again; its value then need not wait.
    inline : write out exp, log and tanh at each use: a call makes all else wait in memory.
    keep : positions of arrays that are loaded once: the load is costly, or `store` may write over them.
    """
    body = _Body(lanes, tape, load, inline=inline, keep=keep)
    for output, position in enumerate(tape.outputs):
        body.need(position)
        store(output, body.values[position])
        if again is not None:
            body.stored[position] = partial(again, output)


class _Body:
    """Prints instructions when they are needed: fewer values wait in registers than in the tape's order."""

    def __init__(
        self,
        lanes: Lanes,
        tape: Tape,
        load: Callable[[int, int], str],
        *,
        inline: bool,
        keep: Collection[int],
    ) -> None:
        self.lanes = lanes
        self.keep = keep
        self.inline = inline
        self.code = tape.code
        self.load = load
        self.values: dict[int, str] = {}
        self.stored: dict[int, Callable[[], str]] = {}
        self._masks: dict[int, str] = {}
        self._start = len(lanes.lines)

    def need(self, position: int) -> None:
        """Print an instruction that is not printed yet, its arguments first."""
        todo = [position]
        while todo:
            op, args = self.code[todo[-1]]
            missing = () if op in {"load", "const"} else [int(a) for a in args if a not in self.values]
            if missing and todo[-1] not in self.values:
                todo.extend(reversed(missing))
                continue
            here = todo.pop()
            if here not in self.values:
                if len(self.lanes.lines) - self._start > PART and op not in {"load", "const"}:
                    self._part([int(a) for a in args])
                self.values[here] = self._have(here)

    def _have(self, position: int) -> str:
        """Return a value: loaded again if it was stored, else printed."""
        return self.stored[position]() if position in self.stored else self._print(position)

    def _part(self, wanted: Sequence[int]) -> None:
        """Start a new basic block; what lies in memory is loaded again there, what is wanted at once."""
        name = f"part{len(self.lanes.lines)}"
        self.lanes.lines += [f"  br label %{name}", f"{name}:"]
        self._start = len(self.lanes.lines)
        for position in list(self.values):
            op, args = self.code[position]
            if (op == "load" and args[0] not in self.keep) or position in self.stored:
                del self.values[position]
        for position in wanted:
            if position not in self.values:
                self.values[position] = self._have(position)

    def _print(self, position: int) -> str:
        op, args = self.code[position]
        if op == "load":
            return self.load(int(args[0]), int(args[1]))
        if op == "const":
            return self.lanes.const(args[0])
        places = [int(a) for a in args]
        values = [self.values[place] for place in places]
        if op in _ARITHMETIC:
            return self.lanes.arithmetic(_ARITHMETIC[op], *values)
        if op in _FUSED:
            return self.lanes.fused_sum(op, *values)
        if op in _INTRINSICS:
            return self.lanes.intrinsic(_INTRINSICS[op], *values)
        if op in _FUNCTIONS:
            return _FUNCTIONS[op](self.lanes, values[0]) if self.inline else call(self.lanes, op, values[0])
        if op == "select":
            return self.lanes.choose(self._truth(places[0]), *values[1:])
        self._masks[position] = self._mask(op, places)
        return self.lanes.number(self._masks[position])

    def _mask(self, op: str, places: list[int]) -> str:
        if op in _COMPARISONS:
            return self.lanes.compare(_COMPARISONS[op], *(self.values[place] for place in places))
        truths = [self._truth(place) for place in places]
        if op == "not":
            op, truths = "xor", [*truths, "splat (i1 true)"]
        return self.lanes.new(f"{op} {self.lanes.mask} {', '.join(truths)}")

    def _truth(self, position: int) -> str:
        """Return the mask of what is not zero; NaN is not."""
        if position not in self._masks:
            zero = self.lanes.const(0.0)
            self._masks[position] = self.lanes.compare("une", self.values[position], zero)
        return self._masks[position]


def call(lanes: Lanes, function: str, x: str) -> str:
    """Return exp, log or tanh of a vector, by the function that `print_functions` printed."""
    return lanes.call(_callee(lanes, function), x)


def _callee(lanes: Lanes, function: str) -> str:
    return f"{lanes.vector} @lanes.{function}.{lanes.element.short}"


def print_functions(lanes: Lanes) -> None:
    """Print exp, log and tanh, which bodies call."""
    for name, function in _FUNCTIONS.items():
        lanes.lines.append(f"define internal {_callee(lanes, name)}({lanes.vector} %x) nounwind {{")
        result = function(lanes, "%x")
        lanes.lines += [f"  ret {lanes.vector} {result}", "}"]


def symbol(tape: Tape) -> str:
    """Return the name of a tape's loop in object code; a bare `read` would be the operating system's."""
    return f"lanes.program.{tape.name}"


def print_loop(lanes: Lanes, tape: Tape) -> None:
    """Print a tape as a function (lanes, stride, array..., out) over whole vectors of lanes.

    Element i of lane j of an array is at [i stride + j]; `out` must not overlap an input.
    """
    element = lanes.element
    rows: dict[int, str] = {}

    def place(base: str, index: int) -> str:
        if index not in rows:
            rows[index] = lanes.new(f"add i64 %lane, {lanes.new(f'mul i64 %stride, {index}')}")
        return lanes.new(f"getelementptr {element.name}, ptr {base}, i64 {rows[index]}")

    def load(array: int, index: int) -> str:
        return lanes.new(f"load {lanes.vector}, ptr {place(f'%a{array}', index)}, align {element.size}")

    def store(output: int, value: str) -> None:
        lanes.lines.append(
            f"  store {lanes.vector} {value}, ptr {place('%out', output)}, align {element.size}"
        )

    arrays = "".join(f"ptr %a{k}, " for k in range(len(tape.arrays)))
    lanes.lines += [
        f'define void @"{symbol(tape)}"(i64 %lanes, i64 %stride, {arrays}ptr noalias %out) nounwind {{',
        "start:",
        "  br label %head",
        "head:",
        "  %lane = phi i64 [0, %start], [%next, %tail]",
        "  %more = icmp slt i64 %lane, %lanes",
        "  br i1 %more, label %body, label %done",
        "body:",
    ]
    print_body(lanes, tape, load, store)
    lanes.lines += ["  br label %tail", "tail:", f"  %next = add i64 %lane, {lanes.width}"]
    lanes.lines += ["  br label %head", "done:", "  ret void", "}"]


def print_module(lanes: Lanes, tapes: Sequence[Tape]) -> str:
    """Return the text of all tapes and of what they call."""
    print_functions(lanes)
    for tape in tapes:
        print_loop(lanes, tape)
    return lanes.text()
