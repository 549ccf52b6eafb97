"""Profile and rules -> pandera schema -> findings: one engine runs every check that has a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from workbook_tools import findings as found
from workbook_tools.records import rows
from workbook_tools.remarks import Place, Remark, Severity

if TYPE_CHECKING:
    from workbook_tools.profile import Profile
    from workbook_tools.rules.rule import Rule
    from workbook_tools.tables import Table


def build_schema(
    table: Table, rules: Sequence[Rule], profile: Profile, asked: dict[str, pd.Series[bool]] | None = None
) -> pa.DataFrameSchema:
    """Return the schema of a table: one text column a field, one check a rule.

    A rule that looks across columns or rows becomes a check of the column it is reported at; its function
    closes over the whole frame, so that it gives exactly one failure case for each failing row. `asked` is as for
    `check_table`.
    """
    frame = _plain(table.frame)
    checks: dict[str, list[pa.Check]] = {name: [] for name in table.typed.columns}
    for rule in rules:
        if profile.rules[rule.code].enabled:
            checks[rule.at].append(
                pa.Check(_answer(frame, table, rule, profile, asked), error=rule.name, ignore_na=False)
            )
    return pa.DataFrameSchema({name: pa.Column(str, checks=listed) for name, listed in checks.items()})


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame with its texts as plain objects, the same ones: they are compared in a fourth of the time."""
    texts = [str(name) for name, kind in frame.dtypes.items() if kind == "str"]
    own = {name: pd.Series(frame[name].to_numpy(), frame.index, "object", copy=False) for name in texts}
    columns = {str(name): own.get(str(name), frame[name]) for name in frame.columns}
    return pd.DataFrame(columns, frame.index, copy=False)


def _answer(
    frame: pd.DataFrame, table: Table, rule: Rule, profile: Profile, told: dict[str, pd.Series[bool]] | None
) -> Callable[[pd.Series[str]], pd.Series[bool]]:
    """Return the check's function: the rule over the frame, silent in the rows in which it is not asked."""

    def check(_: pd.Series[str]) -> pd.Series[bool]:
        asked = rule.asked(frame, table.unreadable, table.blank, profile)
        if told is not None:
            told[rule.name] = asked
        return rule.holds(frame, profile) | ~asked

    return check


def check_table(
    table: Table, rules: Sequence[Rule], profile: Profile, asked: dict[str, pd.Series[bool]] | None = None
) -> pd.DataFrame:
    """Run the rules over a table, all at once.

    Parameters
    ----------
    asked
        Takes up by the rule's name in which rows it was asked, for whoever counts them.

    Returns
    -------
    DataFrame
        A findings frame; a row that is confirmed as the edition has it (`settled`) gets warnings
        where the rule says error, so that a unit can confirm an imperfect edition (regulation.md 4.2).
    """
    by_name = {rule.name: rule for rule in rules}
    # Nothing of it is changed: a copy would take the room of all of it once more.
    columns = table.frame[list(table.typed.columns)]
    try:
        build_schema(table, rules, profile, asked).validate(columns, lazy=True, inplace=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        remarks = list(_remarks(cases, by_name, table, profile))
        return _eased(found.of_remarks(remarks, profile), table)
    return found.empty()


def _remarks(cases: pd.DataFrame, by_name: dict[str, Rule], table: Table, profile: Profile) -> Iterator[Remark]:
    for name, group in cases.groupby("check", sort=False):
        rule = by_name[str(name)]
        indices = [int(index) for index in group["index"]]
        for index, row in zip(indices, rows(table.frame.loc[indices]), strict=True):
            place = Place(
                unit=str(row["unit"]),
                file=str(row["file"]),
                sheet=str(row["sheet"]),
                cell=table.cell(index, rule.at),
                row=int(row["row"]),
                column=rule.at,
                value=str(table.typed.loc[index, rule.at]),
                record=str(row.get("code", "")),
            )
            meant = rule.suggest(row, profile) if rule.suggest else ""
            yield Remark(rule.code, rule.message, place, rule.words(row, profile), meant)


def with_errors(table: Table, findings: pd.DataFrame) -> pd.Series[bool]:
    """Tell which rows of a table have a finding of level error; same index."""
    errors = found.of_severity(findings, Severity.ERROR)
    rows = pd.MultiIndex.from_frame(table.frame[["file", "row"]])
    return pd.Series(rows.isin(pd.MultiIndex.from_frame(errors[["file", "row"]])), index=table.frame.index)


def _eased(findings: pd.DataFrame, table: Table) -> pd.DataFrame:
    if "settled" not in table.frame:
        return findings
    settled = table.frame.loc[table.frame["settled"], ["file", "row"]]
    places = pd.MultiIndex.from_frame(settled)
    at = pd.MultiIndex.from_frame(findings[["file", "row"]])
    return found.eased(findings, pd.Series(at.isin(places), index=findings.index))
