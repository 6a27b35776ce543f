"""What a ward knows of drugs: regimens and protocols by name, and the limits no order should break."""

from cytostorm.formulary.protocols import protocol, protocols
from cytostorm.formulary.regimens import regimen, regimens, usual

__all__ = ["protocol", "protocols", "regimen", "regimens", "usual"]
