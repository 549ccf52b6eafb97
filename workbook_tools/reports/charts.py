"""The charts of «Сводка»: native ones, over numbers that stand on the hidden sheet of marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from workbook_tools.diff.change import CARRIED_OVER
from workbook_tools.dossier import activity_counts, shown_activities
from workbook_tools.text import russian_date
from workbook_tools.xlsx.style import INK, LINE, Properties

if TYPE_CHECKING:
    from xlsxwriter.chart import Chart

    from workbook_tools.dossier import Dossier
    from workbook_tools.xlsx.book import XlsxSheet

# Right of the marks, which take the first two columns.
_FIRST_COLUMN = 4
_FEWEST_EDITIONS = 2
SHOWN_ACTIVITIES = 10
# Dark and light, so that they differ in black and white and to any eye.
_DARK: Properties = {"fill": {"color": "#1F4E79"}, "border": {"color": INK, "width": 0.75}}
_LIGHT: Properties = {"fill": {"color": "#BDD7EE"}, "border": {"color": INK, "width": 0.75}}
_FONT: Properties = {"size": 8, "bold": False, "color": INK}

Row = Sequence[str | int]


class ChartData:
    """The numbers behind the charts, written side by side on one sheet."""

    def __init__(self, sheet: XlsxSheet) -> None:
        self.sheet = sheet
        self._column = _FIRST_COLUMN

    def chart(self, title: str, kind: str, series: Sequence[str], rows: Sequence[Row]) -> Chart:
        """Write rows of a category and its numbers; return the chart of them."""
        count, first = len(rows), self._column
        for at, values in enumerate([["", *series], *rows]):
            self.sheet.put_row(at, list(values), {}, column=first)
        self._column += len(series) + 2
        chart = self.sheet.book.chart({"type": kind, "subtype": "stacked"} if len(series) > 1 else {"type": kind})
        for number, name in enumerate(series, 1):
            look = (_DARK, _LIGHT)[number - 1]
            chart.add_series(
                {
                    "name": name,
                    "categories": [self.sheet.name, 1, first, count, first],
                    "values": [self.sheet.name, 1, first + number, count, first + number],
                    "gap": 60,
                    "data_labels": _labels(inside=len(series) > 1, dark=look is _DARK),
                    **look,
                }
            )
        return _dressed(chart, title, legend=len(series) > 1)


def _labels(*, inside: bool, dark: bool) -> Properties:
    """Return how the number of a bar is shown: in it, light on dark, or above it."""
    place = "center" if inside else "outside_end"
    return {"value": True, "position": place, "font": {**_FONT, "color": "#FFFFFF" if inside and dark else INK}}


def _dressed(chart: Chart, title: str, *, legend: bool) -> Chart:
    chart.set_title({"name": title, "name_font": {"size": 9, "bold": True, "color": INK}, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT} if legend else {"none": True})
    axis: dict[str, Any] = {"num_font": _FONT, "line": {"color": LINE}, "major_gridlines": {"visible": False}}
    chart.set_x_axis(axis)
    chart.set_y_axis(axis | {"visible": False, "min": 0})
    chart.set_chartarea({"border": {"color": LINE}})
    # The numbers stand on a hidden sheet: without this they would not be drawn.
    chart.show_hidden_data()
    return chart


def summary_charts(sheet: XlsxSheet, dossier: Dossier) -> Iterator[Chart]:
    """Yield the charts that have something to show: touchpoints by activity, changes by class, growth.

    Parameters
    ----------
    sheet
        The sheet that takes their numbers.
    """
    data = ChartData(sheet)
    kinds = [kind.annex_label for kind in dossier.profile.kinds]
    if not dossier.in_force.empty:
        counts = shown_activities(activity_counts(dossier), SHOWN_ACTIVITIES)
        pairs = zip(counts["digital"].tolist(), counts["offline"].tolist(), strict=True)
        rows = [_shown((f"№ {number}", *pair)) for number, pair in enumerate(pairs, 1)]
        yield data.chart("Точки по видам деятельности", "column", kinds, rows)
    entries = (entry for change in dossier.own_changes for entry in change.entries)
    classes = Counter(entry.kind for entry in entries if entry.kind != CARRIED_OVER)
    if classes:
        own = [(item.code, classes[name]) for name, item in dossier.profile.changes.items() if classes[name]]
        yield data.chart("Изменения по классам", "column", ["Изменений"], own)
    if len(dossier.history) >= _FEWEST_EDITIONS:
        points = [(russian_date(item.date), item.digital, item.offline) for item in dossier.history]
        yield data.chart("Записей по редакциям", "column", kinds, [_shown(row) for row in points])


def _shown(row: Row) -> list[str | int]:
    """Leave out what is nothing, so that no «0» is drawn."""
    return [value if value != 0 else "" for value in row]
