"""Render the maths of the pages as MathML, which browsers draw without any script or download."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from latex2mathml.converter import convert
from sphinx.errors import SphinxError
from sphinx.util.math import get_node_equation_number

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

# What the converter leaves in its output when it did not understand, instead of saying so.
LEFT_OVER = re.compile(r"<m[a-z]+>(&|\\[^<]*)</m[a-z]+>")
SAME_AS = {"aligned": "split"}  # environments that it knows by another name


class FormulaError(SphinxError):
    """A formula that cannot be turned into MathML; it stops the build."""

    category = "Formula"


def render(node: nodes.Element, display: str) -> str:
    """Return the MathML of a formula, with its LaTeX as the text for those who cannot see it."""
    latex = node.astext().strip()
    known = latex
    for name, other in SAME_AS.items():
        known = known.replace(f"{{{name}}}", f"{{{other}}}")
    try:
        mathml = convert(known, display=display)
        failure = LEFT_OVER.search(mathml)
    except Exception as problem:  # the converter's errors have no common base
        raise FormulaError(
            f"{node.source}, line {node.line}: cannot render {latex!r}: {problem!r}"
        ) from problem
    if failure:
        raise FormulaError(f"{node.source}, line {node.line}: unknown {failure.group(1)!r} in {latex!r}")
    return mathml.replace("<math ", f'<math alttext="{escape(latex)}" ', 1)


def inline(self: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    self.body.append(render(node, "inline"))
    raise nodes.SkipNode


def block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own, with its number if it has one."""
    self.body.append(self.starttag(node, "div", CLASS="math"))
    if node["number"]:
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body.append(render(node, "block"))
    self.body.append("</div>\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the renderer."""
    app.add_html_math_renderer("mathml", inline_renderers=(inline, None), block_renderers=(block, None))
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
