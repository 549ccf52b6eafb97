"""Imports only go down (design.md section 3); the middle is pure: no Excel, no Word, no clock."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

import workbook_tools

ROOT = Path(workbook_tools.__file__).parent
PACKAGE = ROOT.name

EDGES = frozenset({"profile_book", "template", "reading", "reports"})
CORE = frozenset(
    {
        "annex",
        "answers",
        "approval",
        "audit",
        "bodies",
        "carried",
        "compared",
        "contacts",
        "decisions",
        "comparing",
        "dossier",
        "facts",
        "forms",
        "glued",
        "groups",
        "rivals",
        "rounds",
        "matters",
        "merging",
        "near",
        "needs",
        "normalise",
        "order",
        "owners",
        "overview",
        "printed",
        "rules",
        "schema",
        "stages",
        "standing",
        "tally",
        "titles",
        "unit_form",
        "volumes",
    },
)
# From the top. Parts of one layer may import one another, but edges may not.
LAYERS = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"api"}),
    frozenset({"desk"}),
    frozenset({"pipeline"}),
    EDGES,
    frozenset({"xlsx", "outputs", "placing", "work", "children", "sources"}),
    CORE,
    frozenset({"tables", "submissions", "records", "findings"}),
    frozenset({"profile", "profiles"}),
    frozenset({"remarks", "grids", "text", "suggestions", "limits", "errors", "progress", "frames", "memory"}),
    frozenset({""}),
)
LEVEL = {part: level for level, parts in enumerate(LAYERS) for part in parts}
OFFICE_LIBRARIES = {"openpyxl", "xlsxwriter", "python_calamine", "docx"}
CLOCKS = {"today", "now", "utcnow", "time", "perf_counter", "monotonic", "localtime", "gmtime"}


class Module(NamedTuple):
    """A module of the package: its dotted name and its parsed text."""

    name: str
    tree: ast.Module

    @property
    def part(self) -> str:
        """What stands under the package: «reading» for workbook_tools.reading.headers."""
        return part_of(self.name)


def part_of(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def module_name(path: Path) -> str:
    inside = path.relative_to(ROOT.parent).with_suffix("")
    return ".".join(inside.parts[:-1] if inside.name == "__init__" else inside.parts)


MODULES = [
    Module(module_name(path), ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(ROOT.rglob("*.py"))
]
NAMES = {module.name for module in MODULES}
# The package's own name: it hands on what `api` offers, from the top, without loading it (see the tests of the door).
DOOR = next(module for module in MODULES if module.name == PACKAGE)
ROOMS = [module for module in MODULES if module is not DOOR]


def imports(module: Module) -> Iterator[str]:
    """Yield every dotted name a module imports, wherever in it the import stands."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def inner(module: Module) -> set[str]:
    """Return the package's own modules that a module imports."""
    found = (name if name in NAMES else name.rpartition(".")[0] for name in imports(module))
    return {name for name in found if name in NAMES}


def may_import(importer: str, imported: str) -> bool:
    if importer == imported:
        return True
    if importer in EDGES and imported in EDGES:
        return False
    return LEVEL[importer] <= LEVEL[imported]


def test_the_package_was_found_and_parsed() -> None:
    assert {"workbook_tools", "workbook_tools.text", "workbook_tools.cli.app"} <= NAMES


def test_every_part_of_the_package_has_its_layer() -> None:
    assert {module.part for module in MODULES} - set(LEVEL) == set()


def test_every_layer_names_parts_that_are_there() -> None:
    assert set(LEVEL) - {module.part for module in MODULES} == set()


def test_nothing_is_imported_by_a_relative_name() -> None:
    assert [
        module.name
        for module in MODULES
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ] == []


@pytest.mark.parametrize("module", ROOMS, ids=lambda module: module.name)
def test_a_module_imports_only_downwards(module: Module) -> None:
    assert [name for name in sorted(inner(module)) if not may_import(module.part, part_of(name))] == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("text", "records"),
        ("rules", "reading"),
        ("template", "reading"),
        ("profile", "rules"),
        ("pipeline", "cli"),
        ("pipeline", "api"),
    ],
)
def test_the_law_refuses_an_arrow_up_or_across(importer: str, imported: str) -> None:
    assert not may_import(importer, imported)


def test_the_door_leads_to_the_library_and_nowhere_else() -> None:
    assert inner(DOOR) == {f"{PACKAGE}.api"}


def test_the_door_loads_nothing_until_it_is_asked() -> None:
    program = f"import sys, {PACKAGE}; print(*(name for name in sys.modules if name.startswith('{PACKAGE}')))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [PACKAGE]


def test_no_name_at_the_door_is_also_that_of_a_module() -> None:
    assert {f"{PACKAGE}.{name}" for name in workbook_tools.__all__} & NAMES == set()


@pytest.mark.parametrize("module", ROOMS, ids=lambda module: module.name)
def test_nobody_inside_goes_through_the_door(module: Module) -> None:
    taken = {f"{PACKAGE}.{name}" for name in workbook_tools.__all__}
    assert taken & set(imports(module)) == set()
    assert PACKAGE not in set(imports(module))


PURE = [module for module in MODULES if LEVEL[module.part] >= LEVEL["rules"]]


@pytest.mark.parametrize("module", PURE, ids=lambda module: module.name)
def test_the_middle_knows_no_office_library(module: Module) -> None:
    assert {name.partition(".")[0] for name in imports(module)} & OFFICE_LIBRARIES == set()


@pytest.mark.parametrize("module", PURE, ids=lambda module: module.name)
def test_the_middle_reads_no_clock(module: Module) -> None:
    assert "time" not in {name.partition(".")[0] for name in imports(module)}
    called = {
        node.func.attr
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value).startswith("datetime")
    }
    assert called & (CLOCKS - {"time"}) == set()


def arrows_between_modules() -> dict[str, set[str]]:
    """Return for each module of the middle what it imports there; a package's own door is no module."""
    core = {module.name: module for module in MODULES if module.part in CORE}
    return {name: (inner(module) & set(core)) - {name} for name, module in core.items()}


def on_a_cycle(arrows: dict[str, set[str]]) -> set[str]:
    """Return what is left after taking away, again and again, the modules that import nothing left."""
    left = dict(arrows)
    while free := {name for name, targets in left.items() if not targets & set(left)}:
        left = {name: targets for name, targets in left.items() if name not in free}
    return set(left)


def test_no_modules_of_the_middle_import_one_another_in_a_circle() -> None:
    assert on_a_cycle(arrows_between_modules()) == set()


def test_a_circle_would_be_found() -> None:
    assert on_a_cycle({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == {"a", "b", "c"}


def loaded_by(module: str) -> set[str]:
    """Return the top names of everything a fresh interpreter loads for a module."""
    program = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_reading_a_submission_needs_neither_pandas_nor_pandera() -> None:
    loaded = loaded_by("workbook_tools.reading.submission")
    assert "python_calamine" in loaded
    assert loaded & {"pandas", "pandera", "pydantic", "xlsxwriter"} == set()


def test_a_process_that_reads_workbooks_starts_without_pandas_and_pandera() -> None:
    heavy = {"pandas", "pandera", "pydantic", "numpy", "openpyxl", "xlsxwriter"}
    loaded = loaded_by("workbook_tools.reading.workbook")
    assert "python_calamine" in loaded
    assert loaded & heavy == set()


def test_what_a_child_is_told_to_do_with_a_units_file_brings_neither_pandas_nor_pandera() -> None:
    loaded = loaded_by("workbook_tools.pipeline.foreign")
    assert {"python_calamine", "pydantic"} & loaded == {"python_calamine"}
    assert loaded & {"pandas", "pandera", "numpy", "openpyxl", "xlsxwriter", "docx"} == set()


def test_writing_a_units_workbook_needs_neither_pandas_nor_pandera() -> None:
    loaded = loaded_by("workbook_tools.template")
    assert "xlsxwriter" in loaded
    assert loaded & {"pandas", "pandera", "pydantic", "numpy", "openpyxl", "docx"} == set()


def test_help_needs_neither_pandas_nor_any_office_library() -> None:
    assert loaded_by("workbook_tools.cli.app") & {"pandas", "pandera", *OFFICE_LIBRARIES} == set()


PROGRAM = """
import contextlib, os, sys
sys.argv[1:] = ["--version"]
from workbook_tools.__main__ import run
with contextlib.suppress(SystemExit):
    run()
from workbook_tools.schema import pa
from pandera.strategies import pandas_strategies
print(sys.modules.get("hypothesis"), pa.DataFrameSchema({"a": pa.Column(str)}).columns["a"].name)
print(os.environ["OPENBLAS_NUM_THREADS"])
"""


@pytest.mark.parametrize(("given", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "2"}, "2")])
def test_the_program_loads_no_library_of_tests_and_starts_no_threads_that_nobody_asked_for(
    given: dict[str, str], threads: str
) -> None:
    mine = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=mine | given, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["None a", threads]
