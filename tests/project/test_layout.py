"""The shape of the package: what is too long, undocumented, or reached for where it should not be."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "cytostorm"
FILES = sorted(PACKAGE.rglob("*.py"))
LIBRARY = [path for path in FILES if path.is_relative_to(PACKAGE / "library")]

MAX_FILE_LINES = 300
MAX_FUNCTION_LINES = 60  # of code: the docstring is free
MAX_POSITIONAL = 5
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

RUNS_TEXT = {"eval", "exec"}  # as bare names: a method called eval is something else
READS_TEXT_AS_CODE = {"sympify", "parse_expr", "parse_latex"}
UNSAFE_MODULES = {"pickle", "cPickle", "cloudpickle", "dill", "marshal", "shelve", "yaml"}
ON_DEMAND = {"matplotlib", "jax"}

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, FUNCTIONS))


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = function.end_lineno - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        lines -= docstring.end_lineno - docstring.lineno + 1
    return lines


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    names = [argument.arg for argument in (*function.args.posonlyargs, *function.args.args)]
    return len(names) - (bool(names) and names[0] in {"self", "cls"})


def public_definitions(body: list[ast.stmt], prefix: str = "") -> Iterator[tuple[str, ast.AST]]:
    """Yield the public functions and classes of a module, and the public methods of those classes."""
    for node in body:
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)) or node.name.startswith("_"):
            continue
        decorators = {ast.unparse(item) for item in node.decorator_list}
        if decorators & {"overload", "typing.overload"}:
            continue
        yield prefix + node.name, node
        if isinstance(node, ast.ClassDef):
            yield from public_definitions(node.body, f"{prefix}{node.name}.")


def imported(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the line and the full name of each imported module, or of the name taken from it."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """Yield the statements that run when a module is imported; blocks for type checkers do not."""
    for child in ast.iter_child_nodes(node):
        checking = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        if not checking and not isinstance(child, FUNCTIONS):
            yield child
            yield from outside_functions(child)


@each_file
def test_file_is_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= MAX_FILE_LINES, f"{path}: {lines} lines; split it where two things live in it"


@each_file
def test_functions_are_short(path):
    long = [f"{f.name} ({code_lines(f)})" for f in functions(path) if code_lines(f) > MAX_FUNCTION_LINES]
    assert not long, f"{path}: over {MAX_FUNCTION_LINES} lines of code: {', '.join(long)}"


@each_file
def test_functions_have_few_positional_arguments(path):
    many = [f"{f.name} ({positional(f)})" for f in functions(path) if positional(f) > MAX_POSITIONAL]
    assert not many, f"{path}: make the later arguments keyword-only: {', '.join(many)}"


@each_file
def test_what_is_public_is_documented(path):
    module = tree(path)
    bare = [name for name, node in public_definitions(module.body) if not ast.get_docstring(node)]
    assert ast.get_docstring(module), f"{path}: say in a first line what lives here"
    assert not bare, f"{path}: no docstring: {', '.join(bare)}"


def strict(node: ast.AST) -> bool:
    """Tell whether a node calls a reader that was told to refuse text."""
    return isinstance(node, ast.Call) and any(
        word.arg == "strict" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in node.keywords
    )


@each_file
def test_no_text_is_run_as_code(path):
    nodes = list(ast.walk(tree(path)))
    refuses_text = {id(node.func) for node in nodes if strict(node)}  # sympify(x, strict=True) is safe
    found = []
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in RUNS_TEXT:
            found.append(f"line {node.lineno}: {node.id}")
        name = getattr(node, "id", None) or getattr(node, "attr", None)
        if name in READS_TEXT_AS_CODE and id(node) not in refuses_text:
            found.append(f"line {node.lineno}: {name}")
    found += [
        f"line {line}: {name}" for line, name in imported(nodes) if name.split(".")[0] in UNSAFE_MODULES
    ]
    assert not found, f"{path}: {'; '.join(found)}"


@each_file
def test_drawing_and_gradients_are_imported_on_demand(path):
    early = [
        f"line {line}: {name}"
        for line, name in imported(outside_functions(tree(path)))
        if name.split(".")[0] in ON_DEMAND
    ]
    assert not early, f"{path}: import inside the function that needs it: {'; '.join(early)}"


@each_file
def test_the_package_does_not_import_its_own_root(path):
    """Arrows through the root would lead everywhere; only the faces know the public names."""
    if path.name in {"cli.py", "__main__.py"} or path.relative_to(PACKAGE).parts[0] in {"cli", "report"}:
        return
    rooms = {item.stem for item in PACKAGE.iterdir()}
    through = [
        f"line {line}: {name}"
        for line, name in imported(ast.walk(tree(path)))
        if name == "cytostorm" or (name.startswith("cytostorm.") and name.split(".")[1] not in rooms)
    ]
    assert not through, f"{path}: import from the room that defines it: {'; '.join(through)}"


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_mechanisms_need_nothing_but_sympy(path):
    allowed = {"cytostorm", "sympy"} | sys.stdlib_module_names
    foreign = [name for _, name in imported(ast.walk(tree(path))) if name.split(".")[0] not in allowed]
    assert not foreign, f"{path}: {', '.join(foreign)}"


def test_one_version_everywhere():
    from cytostorm._version import __version__

    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
