"""What a unit's workbook holds before it is written: a blank form, or the unit's own values with remarks."""

from __future__ import annotations

import hashlib
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from workbook_tools import records
from workbook_tools.carried import not_carried
from workbook_tools.submissions import by_columns
from workbook_tools.text import compare_key, each, russian_date
from workbook_tools.unit_form import FormRows, Round, UnitForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from workbook_tools.frames import Rows
    from workbook_tools.groups import Finding
    from workbook_tools.profile import Profile, Unit
    from workbook_tools.records import Edition
    from workbook_tools.submissions import Submission


# More processes than this no one looks through, and a copy of them in each unit's workbook takes longer to write and to
# read than all else in it.
LISTED_PROCESSES = 1_000


def blank_form(profile: Profile, edition: Edition, unit: Unit, period: str = "") -> UnitForm:
    """Return the form that a unit gets: its own records of the edition, all «без изменений»."""
    own = edition.of_unit(unit.code)
    return UnitForm(
        unit=unit,
        edition=edition.date,
        title=_given_title(profile, unit, edition.date) | {"period": period.strip() or profile.period.label},
        rows=FormRows(_given_columns(profile, own), [True] * len(own)),
        processes=process_pairs(profile, edition, own),
        fingerprints=_fingerprints(own),
        waiting=_waiting(own.column("code"), edition),
        unsure=_unsure(own, edition),
    )


def returned_form(
    profile: Profile,
    edition: Edition,
    submission: Submission,
    findings: Sequence[Finding],
    mended: Sequence[Finding] = (),
    counts: Round | None = None,
) -> UnitForm:
    """Return the form that goes back: the unit's own values, deleted records restored, each remark at its line.

    Parameters
    ----------
    findings
        The findings on this submission, their rows as in the unit's own file.
    mended, counts
        What is gone since the round before, and its counts, where there was one.
    """
    unit = profile.unit[submission.unit]
    own = edition.of_unit(unit.code)
    numbers, _, sent = by_columns(submission.rows, [column.name for column in profile.sheets["data"].columns])
    codes = set(map(records.canonical_code, sent["code"]))
    deleted = [own[line] for line, code in enumerate(own.column("code")) if code not in codes]
    restored = _given_columns(profile, deleted, len(numbers))
    by_row = {number: line for line, number in enumerate(numbers)}
    by_code = {record["code"]: len(numbers) + line for line, record in enumerate(deleted)}
    blank = [""] * len(deleted)
    columns = {name: [*texts, *restored.get(name, blank)] for name, texts in sent.items()}
    # The number is the order in the file, whatever was typed: a row that the unit added or took out shifts it.
    columns["number"] = [str(number) for number in range(1, len(columns["code"]) + 1)]
    return UnitForm(
        unit=unit,
        edition=edition.date,
        title={name: value.text for name, value in submission.title.items()}
        | _given_title(profile, unit, edition.date),
        rows=FormRows(columns, [*map(bool, sent["code"]), *([True] * len(deleted))]),
        processes=process_pairs(profile, edition, own),
        remarks=[{**finding, "row": _line_of(finding, by_row, by_code)} for finding in findings],
        fingerprints=_fingerprints(own),
        mended=mended,
        round=counts,
        waiting=_waiting(columns["code"], edition),
        unsure=_unsure(own, edition),
        file=submission.file,
        left_out=not_carried(findings, profile),
    )


def _unsure(own: Rows, edition: Edition) -> int:
    """Return how many of a unit's records wait in an edition."""
    waiting = edition.waiting_codes
    return sum(code in waiting for code in own.column("code"))


def _waiting(codes: Iterable[str], edition: Edition) -> frozenset[int]:
    """Return the lines whose records wait in an edition, by the codes of all lines."""
    waiting = edition.waiting_codes
    return frozenset(line for line, code in enumerate(map(records.canonical_code, codes)) if code in waiting)


def _line_of(finding: Finding, by_row: Mapping[int, int], by_code: Mapping[str, int]) -> int:
    """Return the line of the form for a finding, -1 where it stands on none."""
    if finding["rule"] == "П-15" and not finding["row"]:
        return by_code.get(finding["value"], -1)
    return by_row.get(finding["row"], -1)


def _given_columns(profile: Profile, own: Sequence[Mapping[str, str]], before: int = 0) -> dict[str, list[str]]:
    """Return records of the edition as pre-filled lines below so many others, column by column."""
    texts = {name: [str(record[name]) for record in own] for name in ("code", *records.CONTENT)}
    shown = {name: each(partial(profile.shown, name), column) for name, column in texts.items()}
    numbers = [str(number) for number in range(before + 1, before + len(own) + 1)]
    return {"number": numbers, "action": [profile.name_of("actions", records.KEEP)] * len(own), **shown}


def process_pairs(profile: Profile, edition: Edition, own: Rows) -> tuple[tuple[str, str], ...]:
    """Return the processes of each activity, sorted; an activity without any has one blank.

    They are those of the whole register as long as a person can choose among them, else those of the unit's own
    records.
    """
    known = (pair for pair in edition.processes if pair[0] in profile.activity_of)
    pairs = set(islice(known, LISTED_PROCESSES + 1))
    if len(pairs) > LISTED_PROCESSES:
        of_unit = zip(own.column("activity"), own.column("process"), strict=True)
        pairs = {pair for pair in of_unit if pair[0] in profile.activity_of}
    with_process = {activity for activity, _ in pairs}
    blank = {(name, "") for name in profile.activity_of if name not in with_process}
    return tuple(sorted(pairs | blank))


def _given_title(profile: Profile, unit: Unit, edition: str) -> dict[str, str]:
    act = profile.act
    return {
        "body": profile.body.name,
        "act": f"{act.kind} от {act.date:%d.%m.%Y} № {act.number}",
        "edition": russian_date(edition),
        "unit_name": unit.name,
        "unit": unit.code,
    }


def _fingerprints(own: Rows) -> dict[str, str]:
    contents = zip(*map(own.column, records.CONTENT), strict=True)
    return dict(zip(own.column("code"), map(_fingerprint, contents), strict=True))


def _fingerprint(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(map(compare_key, texts)).encode()).hexdigest()[:16]
