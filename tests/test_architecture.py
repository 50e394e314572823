"""The house rules that a program can check: direction of imports, sizes, docstrings (HOUSE.md's walls)."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = 400  # of a file
MOST_FUNCTION_LINES = 60

# From the ground up. A module imports its own line and those before it; the first prefix that fits a module counts.
FLOORS: tuple[tuple[str, ...], ...] = (
    ("extractors.frozen", "extractors.nfkc", "extractors.remembered"),
    ("extractors.provenance", "extractors.errors", "extractors.folded", "extractors.printed", "extractors.vocabulary"),
    ("extractors.pages",),
    ("extractors.readers",),
    # The plan is a type that later stages name; the repair itself reads documents.
    ("extractors.repair",),
    ("extractors.segment",),
    ("extractors.rows",),
    ("normalizers",),
    ("pipeline.checks",),
    # What is kept of a report's wording is a record like others; comparing reports comes after all are written.
    ("pipeline.results", "pipeline.across.signatures"),
    ("pipeline.process",),
    (
        "pipeline.options",
        "pipeline.collector",
        "pipeline.remote",
        "pipeline.discover",
        "pipeline.intake",
        "pipeline.archives",
    ),
    # The store is one more way to write records; the door of the writers calls it.
    ("pipeline.writers", "pipeline.store", "pipeline.decisions", "pipeline.views", "pipeline.migrations"),
    ("pipeline.work", "pipeline.warm"),
    ("pipeline.workers", "pipeline.progress", "pipeline.runlog", "pipeline.across"),
    ("pipeline.state",),
    ("pipeline.jobs", "pipeline.summary", "pipeline.publish"),
    ("pipeline.engines",),
    ("pipeline.expand", "pipeline.assemble"),
    ("pipeline.batch",),
    ("pipeline.terminal", "pipeline.look"),
    ("pipeline.cli",),
    ("pipeline.__main__",),
    ("corpus",),
)
PACKAGES = ("extractors", "normalizers", "pipeline", "corpus")


def _module(path: Path) -> str:
    """Dotted name of the file at `path`."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MODULES = {_module(path): path for path in FILES if path.name != "__init__.py"}
NAMES = sorted(MODULES)


@cache
def _tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(name: str) -> Iterator[str]:
    """The project's own modules that a module imports anywhere, also inside functions."""
    for node in ast.walk(_tree(MODULES[name])):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            for target in (f"{node.module}.{alias.name}" for alias in node.names):
                if target in MODULES:
                    yield target
                elif node.module in MODULES:
                    yield str(node.module)


def _floor(name: str) -> int:
    """On which floor a module stands."""
    for number, prefixes in enumerate(FLOORS):
        if any(name == prefix or name.startswith(prefix + ".") for prefix in prefixes):
            return number
    raise AssertionError(f"{name} stands on no floor: give it one in FLOORS")


@pytest.mark.parametrize("name", NAMES)
def test_imports_go_down(name: str) -> None:
    """What is printed knows nothing of what it means, and neither of what is done with it."""
    upward = [target for target in _imports(name) if _floor(target) > _floor(name)]
    assert upward == []


def test_no_import_cycles() -> None:
    """Every module can be understood after those that it imports."""
    done: set[str] = set()
    below: list[str] = []

    def visit(name: str) -> None:
        assert name not in below, " -> ".join([*below[below.index(name) :], name])
        if name in done:
            return
        below.append(name)
        for target in _imports(name):
            if target != name:
                visit(target)
        below.pop()
        done.add(name)

    for name in NAMES:
        visit(name)


@pytest.mark.parametrize("name", NAMES)
def test_files_and_functions_are_small(name: str) -> None:
    """A file is read in one sitting, a function at one glance."""
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) < MOST_LINES
    for node in ast.walk(_tree(MODULES[name])):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 < MOST_FUNCTION_LINES, node.name


@pytest.mark.parametrize("name", NAMES)
def test_everything_public_says_what_it_is(name: str) -> None:
    """The first line of a file says what lives in it; every public class and function has a docstring."""
    tree = _tree(MODULES[name])
    assert ast.get_docstring(tree), "the file has no docstring"
    assert MODULES[name].read_text(encoding="utf-8").startswith('"""'), "the docstring is not the first line"
    for holder in [tree, *(node for node in tree.body if isinstance(node, ast.ClassDef))]:
        for node in holder.body:
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_"):
                assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_package_files_are_empty() -> None:
    """Importing a package runs nothing."""
    filled = [str(path.relative_to(ROOT)) for path in FILES if path.name == "__init__.py" and path.read_bytes().strip()]
    assert filled == []


def test_heavy_packages_are_imported_where_they_are_used() -> None:
    """`jihe --help` answers at once: what the command imports at its head stays light."""
    heavy = {
        "spacy",
        "jieba",
        "pyarrow",
        "sqlalchemy",
        "xlsxwriter",
        "jinja2",
        "pymupdf",
        "numpy",
        "pandas",
        "pydantic",
        "py7zr",
        "rarfile",
        "ray",
        "structlog",
    }
    tree = _tree(MODULES["pipeline.cli"])
    names = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names} | {
        str(node.module) for node in tree.body if isinstance(node, ast.ImportFrom)
    }
    assert names.isdisjoint(heavy)
    assert {name for name in names if name.startswith("pipeline")} == {"pipeline.options"}
