"""How Sphinx builds the pages: Markdown with executed code cells, maths as MathML, nothing from a server."""

from __future__ import annotations

import sys
from pathlib import Path

from cytostorm._version import __version__

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "cytostorm"
author = "The cytostorm developers"
copyright = author  # noqa: A001 - the name that Sphinx gives it
version = release = __version__

extensions = ["mechanisms", "myst_nb", "mathml", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "**.ipynb_checkpoints"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

# Cells run in every build: a cache would not notice that the package has changed.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
nb_render_markdown_format = "myst"  # plain CommonMark has no tables

autodoc_typehints = "description"

html_theme = "furo"
html_title = f"cytostorm {release}"
html_math_renderer = "mathml"
html_static_path = ["_static"]
html_css_files = ["maths.css", "pages.css"]
html_copy_source = False
html_show_sourcelink = False
