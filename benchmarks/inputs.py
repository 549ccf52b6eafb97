"""What a merge of a given size is measured on: a profile, an edition in force and the files that the units sent back.

The files come from the program's own template writer. A template is the form of a unit with its records already in it,
so the unit's answers are put into the form and the form is written once: no file is opened again to type into it.
"""

from __future__ import annotations

import random
import re
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.register import Process, first_row
from benchmarks.vocabulary import POINTS, contact_of, other_needs, process_names
from workbook_tools import records
from workbook_tools.dossier import Dossier
from workbook_tools.forms import blank_form
from workbook_tools.outputs import Outputs
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.volumes import write_edition
from workbook_tools.profile import load_profile
from workbook_tools.profile.loading import SHIPPED
from workbook_tools.records import Edition
from workbook_tools.template import template_name, write_form
from workbook_tools.unit_form import FormRow, FormRows, UnitForm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.register import Row
    from workbook_tools.profile import LoadedProfile, Profile, Unit

PERIOD, TODAY = "4 квартал 2026 г.", "2026-11-22"
_EDITION_DATE = "2024-03-19"
_BASIS = "приказ от 02.11.2026 № 140"
_UNITS = re.compile(r"^\[\[units\]\]\n(?:(?!\[).*\n)+", re.MULTILINE)
_DONE = "whole"


class Size(NamedTuple):
    """Units with a file each, and records of the edition in each."""

    units: int
    rows: int


SIZES = {"S": Size(20, 30), "M": Size(100, 500), "H": Size(200, 2_500), "L": Size(400, 2_500)}
# Of them one merge is run: how it stands beside others the smaller ones say, in minutes and not in hours.
ALONE = frozenset({"H", "L"})


class Shares(NamedTuple):
    """What part of the records a unit changes or excludes, what part it adds, and in what part something is wrong."""

    changed: float = 0.06
    excluded: float = 0.02
    included: float = 0.03
    wrong: float = 0.01


SHARES = Shares()


class Inputs(NamedTuple):
    """Where the generated files are, and how many filled rows the units' files hold."""

    profile: Path
    edition: Path
    incoming: Path
    rows: int


def inputs(folder: Path, size: Size, seed: int = 1) -> Inputs:
    """Return the files of a size under a folder, made there unless they are there already and whole."""
    made, marker = Inputs(folder / "profile.toml", folder / "edition.xlsx", folder / "incoming", 0), folder / _DONE
    told = f"{size} {seed} {SHARES}\n"
    if marker.is_file() and marker.read_text(encoding="utf-8").startswith(told):
        return made._replace(rows=int(marker.read_text(encoding="utf-8").split("\n")[1]))
    made.incoming.mkdir(parents=True, exist_ok=True)
    for path in made.incoming.iterdir():
        path.unlink()
    loaded = _profile(made.profile, size.units)
    edition = _edition(loaded.profile, size, random.Random(seed))  # noqa: S311 - benchmarks, not secrets
    _write_edition(made.edition, edition, loaded)
    rows = sum(_filled(made.incoming, form, loaded.profile) for form in _answers(loaded.profile, edition, seed))
    marker.write_text(f"{told}{rows}\n", encoding="utf-8")
    return made._replace(rows=rows)


def _profile(path: Path, units: int) -> LoadedProfile:
    """Write the shipped profile with as many units of its activities; every activity has its turn."""
    text = files("workbook_tools.profiles").joinpath(f"{SHIPPED}.toml").read_text(encoding="utf-8")
    activities = load_profile().profile.activities
    own = "".join(
        f'[[units]]\ncode = "П{number:03}"\nname = "Отдел № {number} (пример)"\n'
        f'activities = ["{activities[number % len(activities)].code}"]\n\n'
        for number in range(1, units + 1)
    )
    first = _UNITS.search(text)
    start = first.start() if first else len(text)
    path.write_text(text[:start] + own + _UNITS.sub("", text[start:]), encoding="utf-8")
    return load_profile(path)


def _edition(profile: Profile, size: Size, chance: random.Random) -> Edition:
    """Return an edition in which every unit has as many records."""
    names = process_names(chance)
    made: list[Row] = []
    for unit in profile.units:
        own: list[Row] = []
        while len(own) < size.rows:
            own += _process(next(names), unit, profile, len(made) + len(own), chance)
        made += own[: size.rows]
    frame = records.frame({**row, "code": records.code_text(number)} for number, row in enumerate(made, 1))
    return Edition(frame, _EDITION_DATE, APPROVED, len(made))


def _process(name: str, unit: Unit, profile: Profile, number: int, chance: random.Random) -> Iterator[Row]:
    """Yield the records of a process of a unit."""
    activity = next(item for item in profile.activities if item.code == unit.activities[0])
    known = [point for point in POINTS if activity.client == "внутренний" or not point[0].startswith("система")]
    for at, (point, kind) in enumerate(chance.sample(known, chance.choice((1, 2, 2, 3, 4))), number + 1):
        process = Process(f"{name}, участок {number}", activity.name)
        row = first_row(process, point, kind, at, unit.code, chance)
        yield row | {"client": activity.client, "direction": profile.direction_of[activity.name]}


def _write_edition(path: Path, edition: Edition, loaded: LoadedProfile) -> None:
    profile, digest = loaded
    dossier = Dossier(profile, digest, edition.records, edition.date, edition.state, edition.last_code)
    with Outputs(path.parent, (), {}) as outputs:
        write_edition(outputs, path.name, dossier)


def _answers(profile: Profile, edition: Edition, seed: int) -> Iterator[UnitForm]:
    """Yield the form of each unit as it comes back."""
    for number, unit in enumerate(profile.units):
        form = blank_form(profile, edition, unit, PERIOD)
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - as above
        yield _Desk(profile, unit, chance).answered(form)


class _Desk:
    """A unit that fills in its form."""

    def __init__(self, profile: Profile, unit: Unit, chance: random.Random) -> None:
        self.profile, self.unit, self.chance = profile, unit, chance

    def answered(self, form: UnitForm) -> UnitForm:
        """Return the form with the title filled in, some records edited and some added."""
        rows = [FormRow(self._edited(dict(row.shown)), given=True) for row in form.rows]
        added = [self._added(dict(row.shown), number) for number, row in enumerate(self._models(form))]
        return replace(form, title={**form.title, **self._signed()}, rows=FormRows.of([*rows, *added]))

    def _models(self, form: UnitForm) -> list[FormRow]:
        return self.chance.sample(form.rows, round(len(form.rows) * SHARES.included))

    def _signed(self) -> dict[str, str]:
        return {
            "executor_name": "Иванова А.А. (пример)",
            "executor_post": "главный специалист",
            "executor_phone": "(4812) 00-00-00",
            "filled": "16.11.2026",
            "head_name": "Петров Б.Б. (пример)",
            "head_post": "начальник отдела",
            "checked": "17.11.2026",
            "has_changes": "да",
        }

    def _edited(self, row: dict[str, str]) -> dict[str, str]:
        """Return a record as the unit leaves it: mostly as it was."""
        fate = self.chance.random()
        if fate < SHARES.changed:
            self._change(row)
        elif fate < SHARES.changed + SHARES.excluded:
            row |= {"action": self._action(records.EXCLUDE), "basis": _BASIS}
        elif fate < SHARES.changed + SHARES.excluded + SHARES.wrong:
            self._err(row)
        return row

    def _change(self, row: dict[str, str]) -> None:
        row |= {"action": self._action(records.CHANGE), "basis": _BASIS}
        contact = contact_of(row["touchpoint"], self.chance)
        if contact not in {"", row["contact"]}:
            row["contact"] = contact
        else:
            row["needs"] = other_needs(row["needs"], self.chance)

    def _err(self, row: dict[str, str]) -> None:
        """Spoil a record in one of the ways in which people do."""
        ways: tuple[dict[str, str], ...] = (
            {"action": self._action(records.CHANGE)},
            {"kind": "смешанная"},
            {"needs": other_needs(row["needs"], self.chance)},
            {"action": self._action(records.CHANGE), "touchpoint": "сайт и телефон", "basis": _BASIS},
        )
        row |= self.chance.choice(ways)

    def _added(self, model: dict[str, str], number: int) -> FormRow:
        """Return a new record: another process at the touchpoint of one that is there."""
        name = f"Ведение реестра № {number + 1} отдела {self.unit.code}"
        own = {"number": "", "code": "", "action": self._action(records.INCLUDE), "process": name, "basis": _BASIS}
        return FormRow(model | own, given=False)

    def _action(self, code: str) -> str:
        return self.profile.name_of("actions", code)


def _filled(folder: Path, form: UnitForm, profile: Profile) -> int:
    write_form(folder / template_name(profile, form.unit.code, form.edition), form, profile)
    return len(form.rows)
