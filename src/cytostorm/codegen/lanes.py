"""LLVM text in which every value is a vector of lanes, with exponentials and logarithms of our own.

Each operation is printed as written: no fast-math flag, and a fused multiply-add only where this file
asks for one. So the bits of a lane depend neither on the vector width nor on the other lanes.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass


@dataclass(frozen=True)
class Element:
    """A floating-point type.

    fraction, bias : of its binary format.
    lowest, highest : arguments beyond which exp is 0 and infinite.
    exp_terms, log_terms : terms of the series that its precision needs.
    ln2_high, ln2_low : two parts of ln 2; the first times any exponent is exact.
    """

    name: str
    short: str
    integer: str
    fraction: int
    bias: int
    lowest: float
    highest: float
    exp_terms: int
    log_terms: int
    ln2_high: float
    ln2_low: float

    @property
    def size(self) -> int:
        """Bytes of an element."""
        return int(self.integer[1:]) // 8

    @property
    def smallest(self) -> float:
        """Smallest normal number."""
        return float(2.0 ** (1 - self.bias))

    def literal(self, value: float) -> str:
        """Return the value as LLVM writes it: the bits of a double, whatever the type."""
        if self.name == "float" and math.isfinite(value):
            if 0 < abs(value) < self.smallest:
                value = math.copysign(self.smallest, value)
            limit = 2.0 ** (self.bias + 1) - 2.0 ** (self.bias - self.fraction)
            value = struct.unpack("f", struct.pack("f", min(max(value, -limit), limit)))[0]
        return f"0x{struct.unpack('Q', struct.pack('d', value))[0]:016X}"


DOUBLE = Element(
    name="double", short="f64", integer="i64", fraction=52, bias=1023, lowest=-746.0, highest=710.0,
    exp_terms=13, log_terms=10,
    ln2_high=float.fromhex("0x1.62e42feep-1"), ln2_low=float.fromhex("0x1.a39ef35793c76p-33"),
)  # fmt: skip
FLOAT = Element(
    name="float", short="f32", integer="i32", fraction=23, bias=127, lowest=-104.0, highest=89.0,
    exp_terms=7, log_terms=4,
    ln2_high=0.693115234375, ln2_low=math.log(2) - 0.693115234375,
)  # fmt: skip


class Lanes:
    """Prints operations on vectors of lanes; a value is an operand as LLVM writes it.

    width : lanes in a vector.
    fused : whether the processor has fused multiply-add; without it a product is rounded first.
    beside : a printer of lanes of another element, to print into the same text.
    """

    def __init__(
        self, width: int, element: Element = DOUBLE, *, fused: bool = True, beside: Lanes | None = None
    ) -> None:
        self.width = width
        self.element = element
        self.fused = fused
        self.vector = f"<{width} x {element.name}>"
        self.integers = f"<{width} x {element.integer}>"
        self.mask = f"<{width} x i1>"
        self.lines: list[str] = [] if beside is None else beside.lines
        self.declarations: set[str] = set() if beside is None else beside.declarations

    def text(self) -> str:
        """Return everything printed so far."""
        return "\n".join((*sorted(self.declarations), *self.lines, ""))

    def new(self, operation: str) -> str:
        """Print an operation and return the name of its result."""
        name = f"%v{len(self.lines)}"
        self.lines.append(f"  {name} = {operation}")
        return name

    def const(self, value: float) -> str:
        """Return the same number in all lanes."""
        return f"splat ({self.element.name} {self.element.literal(value)})"

    def whole(self, value: int) -> str:
        """Return the same whole number in all lanes."""
        return f"splat ({self.element.integer} {value})"

    def arithmetic(self, op: str, a: str, b: str) -> str:
        """Return fadd, fsub, fmul or fdiv of two vectors."""
        return self.new(f"{op} {self.vector} {a}, {b}")

    def integer(self, op: str, a: str, b: str) -> str:
        """Return add, sub, or, shl or lshr of two vectors of whole numbers."""
        return self.new(f"{op} {self.integers} {a}, {b}")

    def compare(self, predicate: str, a: str, b: str) -> str:
        """Return the mask of a comparison."""
        return self.new(f"fcmp {predicate} {self.vector} {a}, {b}")

    def choose(self, mask: str, a: str, b: str) -> str:
        """Return `a` where the mask holds, else `b`."""
        return self.new(f"select {self.mask} {mask}, {self.vector} {a}, {self.vector} {b}")

    def number(self, mask: str) -> str:
        """Return 1 where the mask holds, else 0."""
        return self.choose(mask, self.const(1.0), self.const(0.0))

    def intrinsic(self, name: str, *args: str) -> str:
        """Return what LLVM makes itself: fabs, maximum, minimum, copysign, fma."""
        callee = f"{self.vector} @llvm.{name}.v{self.width}{self.element.short}"
        self.declarations.add(f"declare {callee}({', '.join([self.vector] * len(args))})")
        return self.call(callee, *args)

    def call(self, callee: str, *args: str) -> str:
        """Return the value of a function of vectors."""
        return self.new(f"call {callee}({', '.join(f'{self.vector} {a}' for a in args)})")

    def fma(self, a: str, b: str, c: str) -> str:
        """Return a b + c, rounded once where the processor can."""
        if self.fused:
            return self.intrinsic("fma", a, b, c)
        return self.arithmetic("fadd", self.arithmetic("fmul", a, b), c)

    def fused_sum(self, op: str, a: str, b: str, c: str) -> str:
        """Return fma (a b + c), fms (a b - c) or fnma (c - a b)."""
        if op == "fms":
            c = self.new(f"fneg {self.vector} {c}")
        if op == "fnma":
            a = self.new(f"fneg {self.vector} {a}")
        return self.fma(a, b, c)

    def polynomial(self, x: str, coefficients: list[float]) -> str:
        """Return the polynomial with these coefficients, the constant one first."""
        total = self.const(coefficients[-1])
        for coefficient in reversed(coefficients[:-1]):
            total = self.fma(total, x, self.const(coefficient))
        return total

    def bits(self, x: str) -> str:
        """Return a vector read as whole numbers."""
        return self.new(f"bitcast {self.vector} {x} to {self.integers}")

    def from_bits(self, n: str) -> str:
        """Return whole numbers read as a vector."""
        return self.new(f"bitcast {self.integers} {n} to {self.vector}")

    def power_of_two(self, biased: str) -> str:
        """Return the powers of two with these biased exponents."""
        return self.from_bits(self.integer("shl", biased, self.whole(self.element.fraction)))

    # --- functions -----------------------------------------------------------------------------------

    def _reduced(self, x: str) -> tuple[str, str]:
        """Return k (whole) and e^r - 1, where x = k ln 2 + r with the smallest r."""
        element = self.element
        shift = 1.5 * 2.0**element.fraction  # adding it leaves the nearest whole number in the last bits
        shifted = self.fma(x, self.const(1 / math.log(2)), self.const(shift))
        k = self.arithmetic("fsub", shifted, self.const(shift))
        r = self.fma(k, self.const(-element.ln2_high), x)
        r = self.fma(k, self.const(-element.ln2_low), r)
        series = self.polynomial(r, [1 / math.factorial(n) for n in range(2, element.exp_terms + 1)])
        rest = self.fma(self.arithmetic("fmul", r, r), series, r)
        return self.integer("sub", self.bits(shifted), self.bits(self.const(shift))), rest

    def exp(self, x: str) -> str:
        """Return e^x; 2^k comes as two factors, so that even results below the normal range round once."""
        low, high = self.const(self.element.lowest), self.const(self.element.highest)
        x = self.choose(self.compare("olt", x, low), low, x)  # NaN passes
        x = self.choose(self.compare("ogt", x, high), high, x)
        k, rest = self._reduced(x)
        twice = self.integer("add", k, self.whole(2 * self.element.bias))
        half = self.integer("lshr", twice, self.whole(1))
        scaled = self.arithmetic(
            "fmul", self.arithmetic("fadd", self.const(1.0), rest), self.power_of_two(half)
        )
        return self.arithmetic("fmul", scaled, self.power_of_two(self.integer("sub", twice, half)))

    def expm1(self, x: str) -> str:
        """Return e^x - 1 without cancellation near zero; x is cut where it is -1, or all but infinite."""
        low, high = self.const(self.element.lowest / 2), self.const(self.element.highest - 2)
        x = self.choose(self.compare("olt", x, low), low, x)  # NaN passes
        x = self.choose(self.compare("ogt", x, high), high, x)
        k, rest = self._reduced(x)
        scale = self.power_of_two(self.integer("add", k, self.whole(self.element.bias)))
        return self.fma(scale, rest, self.arithmetic("fsub", scale, self.const(1.0)))

    def tanh(self, x: str) -> str:
        """Return tanh x = u / (u + 2) with u = e^(2|x|) - 1, made without cancellation near zero."""
        size = self.intrinsic("fabs", x)
        size = self.arithmetic("fadd", size, size)
        enough = self.const(44.0)  # the quotient rounds to 1 from here on
        size = self.choose(self.compare("ogt", size, enough), enough, size)  # NaN passes
        k, rest = self._reduced(size)
        scale = self.power_of_two(self.integer("add", k, self.whole(self.element.bias)))
        u = self.fma(scale, rest, self.arithmetic("fsub", scale, self.const(1.0)))
        ratio = self.arithmetic("fdiv", u, self.arithmetic("fadd", u, self.const(2.0)))
        return self.intrinsic("copysign", ratio, x)

    def log(self, x: str) -> str:
        """Return ln x = e ln 2 + ln(1 + f), with 1 + f between the roots of 1/2 and 2.

        With s = f / (2 + f), ln(1 + f) = 2 (s + s^3/3 + s^5/5 + ...), summed so that f, which is exact,
        is added last.
        """
        e, f = self._exponent_and_fraction(x)
        s = self.arithmetic("fdiv", f, self.arithmetic("fadd", f, self.const(2.0)))
        z = self.arithmetic("fmul", s, s)
        series = self.polynomial(z, [2 / (2 * n + 1) for n in range(1, self.element.log_terms + 1)])
        half_square = self.arithmetic("fmul", self.arithmetic("fmul", f, self.const(0.5)), f)
        rest = self.fma(z, series, half_square)
        rest = self.fma(s, rest, self.arithmetic("fmul", e, self.const(self.element.ln2_low)))
        rest = self.arithmetic("fsub", self.arithmetic("fsub", half_square, rest), f)
        rest = self.new(f"fneg {self.vector} {rest}")
        result = self.fma(e, self.const(self.element.ln2_high), rest)
        zero, infinity = self.const(0.0), self.const(math.inf)
        result = self.choose(self.compare("olt", x, infinity), result, x)  # infinity and NaN
        result = self.choose(self.compare("oeq", x, zero), self.const(-math.inf), result)
        return self.choose(self.compare("olt", x, zero), self.const(math.nan), result)

    def _exponent_and_fraction(self, x: str) -> tuple[str, str]:
        """Return e and f with x = 2^e (1 + f) for positive finite x."""
        element = self.element
        one, lift = element.bias << element.fraction, float(element.fraction + 2)
        tiny = self.compare("olt", x, self.const(2.0 ** (1 - element.bias)))
        x = self.choose(tiny, self.arithmetic("fmul", x, self.const(2.0**lift)), x)
        # Bits of x / sqrt(1/2), but for the fraction's digits: its exponent is that of the nearest power.
        root = struct.unpack("Q", struct.pack("d", math.sqrt(0.5)))[0] >> (52 - element.fraction)
        root -= (1023 - element.bias) << element.fraction
        moved = self.integer("add", self.bits(x), self.whole(one - root))
        biased = self.integer("lshr", moved, self.whole(element.fraction))
        down = self.integer("sub", biased, self.whole(element.bias))
        down = self.integer("shl", down, self.whole(element.fraction))
        f = self.arithmetic("fsub", self.from_bits(self.integer("sub", self.bits(x), down)), self.const(1.0))
        # A whole number below 2^fraction becomes a float as the last bits of the float 2^fraction.
        big = 2.0**element.fraction
        joined = self.integer("or", biased, self.whole((element.bias + element.fraction) << element.fraction))
        e = self.arithmetic("fsub", self.from_bits(joined), self.const(big + element.bias))
        return self.arithmetic("fsub", e, self.choose(tiny, self.const(lift), self.const(0.0))), f
