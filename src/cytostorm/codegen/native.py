"""Tapes as machine code for this processor, made by LLVM while the program runs."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cytostorm._version import __version__
from cytostorm.codegen.cache import recall, remember, sources
from cytostorm.codegen.lanes import DOUBLE, Element, Lanes
from cytostorm.codegen.printer import print_module, symbol
from cytostorm.codegen.tape import Tape
from cytostorm.errors import InputError

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Target:
    """What code is made for: a processor, and the width and element of its vectors.

    level : LLVM's effort; 2 takes a third longer than 1 for code of the same speed.
    """

    triple: str
    cpu: str
    features: str
    width: int
    element: Element = DOUBLE
    level: int = 1

    @property
    def fused(self) -> bool:
        """Whether the processor has fused multiply-add; of x86 the older ones do not."""
        return "+fma" in self.features.split(",") or not self.triple.startswith(("x86_64", "i686"))

    def lanes(self) -> Lanes:
        """Return a printer for this target."""
        return Lanes(self.width, self.element, fused=self.fused)

    def machine(self) -> Any:
        """Return LLVM's code generator for this target."""
        llvm = _llvm()
        return llvm.Target.from_triple(self.triple).create_target_machine(
            self.cpu, self.features, opt=self.level
        )


@cache
def _llvm() -> Any:
    """Return LLVM, started."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm


@cache
def host() -> Target:
    """Return this processor with its widest vectors."""
    llvm = _llvm()
    features = llvm.get_host_cpu_features()
    width = 8 if features.get("avx512f") and features.get("avx512dq") else 4 if features.get("avx2") else 2
    return Target(llvm.get_process_triple(), llvm.get_host_cpu_name(), features.flatten(), width)


def compile_text(text: str, target: Target) -> bytes:
    """Return the object code of LLVM text."""
    machine = target.machine()
    module = _llvm().parse_assembly(text)
    module.verify()
    return bytes(machine.emit_object(module))


class Library:
    """Object code in memory; addresses hold for as long as the library lives."""

    def __init__(self, code: bytes, target: Target) -> None:
        llvm = _llvm()
        self.target = target
        self._engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), target.machine())
        self._engine.add_object_file(llvm.ObjectFileRef.from_data(code))
        self._engine.finalize_object()

    def address(self, name: str) -> int:
        """Return where a function starts."""
        return int(self._engine.get_function_address(name))


def library_of(parts: Iterable[str], target: Target, text: Callable[[], str]) -> Library:
    """Return compiled text, from disk if it was compiled before.

    parts : all that the text depends on, besides this package's version and the target.
    text : called only if the code is not on disk.
    """
    key = hashlib.sha256("\n".join((_maker(target), *parts)).encode()).hexdigest()
    code = recall(key)
    if code is None:
        code = compile_text(text(), target)
        remember(key, code)
    return Library(code, target)


def library(tapes: Sequence[Tape], target: Target | None = None) -> Library:
    """Return the compiled tapes, from disk if they were compiled before."""
    where = target or host()
    parts = ("tapes", *(t.fingerprint for t in tapes))
    return library_of(parts, where, lambda: print_module(where.lanes(), tapes))


@cache
def _maker(target: Target) -> str:
    """Return all that code depends on besides what is printed: target, printers, LLVM."""
    import llvmlite

    return f"{target} {__version__} {sources()} {llvmlite.__version__} {_llvm().llvm_version_info}"


class Program:
    """A compiled tape: a function of arrays (length, lanes) to outputs (count, lanes).

    Arrays whose lanes fill whole vectors are read in place, others are copied first. Other Python
    threads run meanwhile.
    """

    def __init__(self, tape: Tape, made: Library) -> None:
        pointers = [ctypes.c_void_p] * (len(tape.arrays) + 1)
        prototype = ctypes.CFUNCTYPE(None, ctypes.c_int64, ctypes.c_int64, *pointers)
        self.tape = tape
        self._function = prototype(made.address(symbol(tape)))
        self._library = made  # holds the code that the function points to
        self._type = np.float64 if made.target.element is DOUBLE else np.float32

    def __call__(self, *arrays: Array) -> Array:
        """Return the outputs; the shapes are checked, since machine code would read whatever lies there."""
        lanes = arrays[0].shape[-1] if arrays else 0
        if [a.shape for a in arrays] != [(length, lanes) for _, length in self.tape.arrays]:
            raise InputError(
                f"program {self.tape.name!r} got arrays of shapes {[a.shape for a in arrays]}",
                "(length, lanes): " + ", ".join(f"{name} ({length}, n)" for name, length in self.tape.arrays),
            )
        width = self._library.target.width
        stride = -(-lanes // width) * width
        ready = [self._filled(a, stride) for a in arrays]
        out = np.empty((len(self.tape.outputs), stride), self._type)
        self._function(stride, stride, *(a.ctypes.data for a in ready), out.ctypes.data)
        return out if stride == lanes else np.ascontiguousarray(out[:, :lanes])

    def _filled(self, array: Array, stride: int) -> Array:
        """Return the array in row order with `stride` lanes, the last one repeated."""
        if array.shape[1] == stride:
            return np.ascontiguousarray(array, self._type)
        filled = np.empty((len(array), stride), self._type)
        filled[:, : array.shape[1]] = array
        filled[:, array.shape[1] :] = array[:, -1:]
        return filled


def native_programs(tapes: Sequence[Tape], target: Target | None = None) -> dict[str, Callable[..., Array]]:
    """Return the compiled tapes by name."""
    made = library(tapes, target)
    return {tape.name: Program(tape, made) for tape in tapes}
