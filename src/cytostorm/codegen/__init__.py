"""From the symbolic model to machine code: system, straight-line programs, printers."""

from cytostorm.codegen.kernel import Kernel, kernel
from cytostorm.codegen.system import System, system

__all__ = ["Kernel", "System", "kernel", "system"]
