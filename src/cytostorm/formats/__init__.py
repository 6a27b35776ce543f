"""The same model as tables, text, formulas and pages."""

from cytostorm.formats.pages import module_page
from cytostorm.formats.sbml import to_sbml
from cytostorm.formats.tables import parameter_rows, quantity_rows
from cytostorm.formats.text import process_lines

__all__ = ["module_page", "parameter_rows", "process_lines", "quantity_rows", "to_sbml"]
