"""A profile made from another says only what differs; a shipped one is called by its name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook_tools.errors import ProfileError
from workbook_tools.profile import load_profile, shipped_names
from workbook_tools.profile.bases import merged

FIRST = load_profile()
OWN = """
based_on = "{base}"
name = "другой"
stage_words = ["этап"]

[body]
short = "Ведомство"

[rules."П-12"]
severity = "error"
"""


def written(folder: Path, base: str, name: str = "профиль.toml") -> Path:
    path = folder / name
    path.write_text(OWN.replace("{base}", base), encoding="utf-8")
    return path


def test_what_a_profile_does_not_say_is_that_of_its_base(tmp_path: Path) -> None:
    profile = load_profile(written(tmp_path, "smolensk_minprom")).profile
    assert (profile.name, profile.body.short, profile.body.name) == ("другой", "Ведомство", FIRST.profile.body.name)
    assert profile.stage_words == ("этап",)
    rule, other = profile.rules["П-12"], FIRST.profile.rules["П-12"]
    assert (rule.severity, rule.messages) == ("error", other.messages)
    assert profile.clauses == FIRST.profile.clauses


def test_a_base_may_be_a_file_beside_it_and_have_a_base_of_its_own(tmp_path: Path) -> None:
    written(tmp_path, "smolensk_minprom", "общий.toml")
    theme = tmp_path / "тема.toml"
    theme.write_text('based_on = "общий.toml"\nname = "тема"\n[body]\ngenitive = "Ведомства"\n', encoding="utf-8")
    profile = load_profile(theme).profile
    assert (profile.name, profile.body.short, profile.body.genitive) == ("тема", "Ведомство", "Ведомства")


def test_the_checksum_covers_the_base(tmp_path: Path) -> None:
    base, theme = written(tmp_path, "smolensk_minprom", "общий.toml"), written(tmp_path, "общий.toml")
    before = load_profile(theme).sha256
    assert load_profile(theme).sha256 == before
    base.write_text(base.read_text(encoding="utf-8") + "# иначе\n", encoding="utf-8")
    assert load_profile(theme).sha256 != before


@pytest.mark.parametrize(
    ("base", "fault"),
    [
        ("нет.toml", "такого файла нет; проверьте путь"),
        ("", "назовите в кавычках встроенный профиль или файл .toml, лежащий рядом"),
        ("профиль.toml", "составлены один из другого по кругу"),
    ],
)
def test_a_base_that_cannot_serve_is_told(tmp_path: Path, base: str, fault: str) -> None:
    with pytest.raises(ProfileError, match=fault):
        load_profile(written(tmp_path, base))


def test_a_fault_of_the_whole_is_told_of_the_file_that_was_named(tmp_path: Path) -> None:
    path = written(tmp_path, "smolensk_minprom")
    path.write_text(path.read_text(encoding="utf-8").replace('short = "Ведомство"', 'short = ""'), encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        load_profile(path)
    assert str(refused.value) == "профиль.toml: body.short: значение не может быть пустым"


def test_a_shipped_profile_is_called_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shipped_names()[0] == "smolensk_minprom"
    assert load_profile("smolensk_minprom") == load_profile() == FIRST
    monkeypatch.chdir(tmp_path)
    written(tmp_path, "smolensk_minprom", "smolensk_minprom.toml").rename("smolensk_minprom")
    assert load_profile("smolensk_minprom") == FIRST
    assert load_profile(tmp_path / "smolensk_minprom").profile.name == "другой"


@pytest.mark.parametrize("name", shipped_names())
def test_every_shipped_profile_is_whole(name: str) -> None:
    assert load_profile(name).profile.name == name


TABLES = st.recursive(
    st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("абв"), inner, max_size=3),
)
WHOLE = st.dictionaries(st.sampled_from("абв"), TABLES, max_size=3)


@given(WHOLE, WHOLE)
def test_what_is_said_stands_and_what_is_not_said_is_the_base(base: dict[str, object], own: dict[str, object]) -> None:
    together = merged(base, own)
    assert merged(together, own) == together
    assert set(together) == set(base) | set(own)
    for name, value in own.items():
        if not (isinstance(value, dict) and isinstance(base.get(name), dict)):
            assert together[name] == value
    assert merged(base, {}) == base
    assert merged({}, own) == own
