"""The pages say what is so: pictures of today's workbook, commands that exist, files that are there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.language import foreign_words
from tests.test_layers import LAYERS
from workbook_tools.cli.app import app
from workbook_tools.desk.starters import LINUX, WINDOWS
from workbook_tools.profile import load_profile

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
ARCHITECTURE = (DOCS / "architecture.md").read_text(encoding="utf-8")
sys.path.insert(0, str(DOCS))

import build_pictures  # noqa: E402 - a script beside the pictures, no part of the package
import build_rules  # noqa: E402 - as above
import build_session  # noqa: E402 - as above

PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.glob("*.md"))]


def test_the_pictures_show_the_workbooks_that_the_demo_makes(tmp_path: Path) -> None:
    build_pictures.demo_workbooks(tmp_path)
    drawn = build_pictures.FINGERPRINTS.read_text(encoding="utf-8")
    assert build_pictures.fingerprints(tmp_path) == drawn, "run: python docs/build_pictures.py"


def test_every_picture_that_the_script_draws_is_there_and_every_picture_is_shown_on_a_page() -> None:
    drawn = {name for pictures in build_pictures.SHOWN.values() for name in pictures}
    shown = {
        Path(name).name for page in PAGES for name in re.findall(r"!\[[^\]]+\]\(([^)]+)\)", page.read_text("utf-8"))
    }
    there = {path.name for path in DOCS.glob("*.png")}
    assert drawn <= there
    assert there == shown


def test_the_session_is_what_the_program_says_today(tmp_path: Path) -> None:
    kept = build_session.PAGE.read_text(encoding="utf-8")
    assert build_session.session(tmp_path) == kept, "run: python docs/build_session.py"


def test_the_session_goes_through_the_whole_cycle_in_russian() -> None:
    shown = re.findall(r"^    (.*)$", build_session.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    typed = [line.split()[2] for line in shown if re.match(r"\$ perechen [a-z]", line)]
    cycle = ["init", "import", "templates", "check", "status", "check", "status", "merge", "publish"]
    assert typed == [*cycle, "merge", "publish", "publish", "templates"]
    said = "\n".join(shown).replace(WINDOWS, "").replace(LINUX, "")
    assert foreign_words(said, "$ cd") == []
    assert max(map(len, shown)) <= build_session.WIDTH


def test_the_page_of_rules_is_the_one_that_the_table_gives_today() -> None:
    kept = build_rules.PAGE.read_text(encoding="utf-8")
    assert build_rules.page(load_profile().profile) == kept, "run: python docs/build_rules.py"


def test_the_page_of_rules_names_every_rule_with_its_clause_level_example_and_messages() -> None:
    profile = load_profile().profile
    text = build_rules.page(profile)
    sections = dict(re.findall(r"^## (П-\d\d)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    assert list(sections) == list(profile.rules)
    for code, section in sections.items():
        setting = profile.rules[code]
        assert all(part in section for part in (setting.title, setting.example, profile.cite(code)))
        assert section.count("\n| ") == 1 + len(setting.messages) + 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_architecture_has_the_layers_that_the_imports_are_held_to() -> None:
    rows = re.findall(r"^\| [a-z ]+ \| (.+) \| [^|]+ \|$", ARCHITECTURE.split("## What travels")[0], re.MULTILINE)
    told = [frozenset(re.findall(r"`(\w+)`", parts)) for parts in rows if "`" in parts]
    assert told == [layer for layer in LAYERS if not layer & {"", "__main__"}]


def test_every_file_that_the_architecture_names_is_there() -> None:
    named = set(re.findall(r"`((?:\w+/)*\w+\.(?:py|md|cmd|sh|txt))`", ARCHITECTURE))
    places = ("", "workbook_tools", "tests", "tests/fuzz", "docs", "bundle")
    assert len(named) > 30
    assert [name for name in sorted(named) if not any((ROOT / place / name).is_file() for place in places)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_of_a_page_exists(page: Path) -> None:
    named = set(re.findall(r"`?perechen ([a-z]+)", page.read_text(encoding="utf-8")))
    assert named <= {command.name for command in app.registered_commands}


def test_the_readme_sets_up_with_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "    python -m pip install . && perechen demo\n" in text
    assert '    python -m pip install ".[test]" && python -m pytest\n' in text
