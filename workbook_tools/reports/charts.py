"""The charts of «Сводка»: native ones, over numbers that stand on the hidden sheet of marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbook_tools.dossier import shown_activities
from workbook_tools.reports.page import Drawing
from workbook_tools.text import lowered, russian_date
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

    def chart(self, title: str, series: Sequence[str], rows: Sequence[Row]) -> Drawing:
        """Write rows of a category and its numbers; return the chart of them."""
        first = self._column
        for at, values in enumerate([["", *series], *rows]):
            self.sheet.put_row(at, list(values), {}, column=first)
        self._column += len(series) + 2
        seen = [number for number in range(1, len(series) + 1) if any(row[number] != "" for row in rows)]
        columns = {series[number - 1]: first + number for number in seen}
        shown = [[row[0], *(row[number] for number in seen)] for row in rows]
        return column_chart(self.sheet, title, columns, shown, (1, first))


def column_chart(
    sheet: XlsxSheet, title: str, columns: Mapping[str, int], rows: Sequence[Row], place: tuple[int, int]
) -> Drawing:
    """Return a chart of numbers that stand on a sheet, one series on top of the other.

    Parameters
    ----------
    columns
        For each series the column of its numbers.
    rows
        The numbers as they stand there: a category, then one of each series.
    place
        The row of the first category, and the column of the categories.
    """
    top, first = place
    last, stacked = top + len(rows) - 1, len(columns) > 1
    chart = sheet.book.chart({"type": "column", "subtype": "stacked"} if stacked else {"type": "column"})
    for look, (name, column) in zip((_DARK, _LIGHT), columns.items(), strict=False):
        chart.add_series(
            {
                "name": name,
                "categories": [sheet.name, top, first, last, first],
                "values": [sheet.name, top, column, last, column],
                "gap": 60,
                "data_labels": _labels(inside=stacked, dark=look is _DARK),
                **look,
            }
        )
    return Drawing(_dressed(chart, title, legend=stacked), _told(title, list(columns), rows))


def _told(title: str, series: Sequence[str], rows: Sequence[Row]) -> str:
    """Return in words what the chart shows, for those who cannot see it."""
    several = len(series) > 1
    bars = (
        f"{category}: " + ", ".join(f"{name} {value}" if several else str(value) for name, value in _pairs(series, own))
        for category, *own in rows
    )
    return f"{title}. {'; '.join(bars)}."


def _pairs(series: Sequence[str], values: Sequence[str | int]) -> Iterator[tuple[str, str | int]]:
    return ((lowered(name), value) for name, value in zip(series, values, strict=True) if value != "")


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


def summary_charts(sheet: XlsxSheet, dossier: Dossier) -> Iterator[Drawing]:
    """Yield the charts that have something to show: touchpoints by activity, changes by class, growth.

    Parameters
    ----------
    sheet
        The sheet that takes their numbers.
    """
    data = ChartData(sheet)
    kinds = [kind.annex_label for kind in dossier.profile.kinds]
    if not dossier.in_force.empty:
        counts = shown_activities(dossier.by_activity, SHOWN_ACTIVITIES)
        pairs = zip(counts["digital"].tolist(), counts["offline"].tolist(), strict=True)
        rows = [_shown((f"№ {number}", *pair)) for number, pair in enumerate(pairs, 1) if any(pair)]
        if rows:
            yield data.chart("Точки по видам деятельности", kinds, rows)
    if dossier.by_class:
        own = [(dossier.profile.changes[name].code, count) for name, count in dossier.by_class.items()]
        yield data.chart(classes_title(dossier), ["Изменений"], own)
    points = [(russian_date(item.date), item.digital, item.offline) for item in dossier.history]
    if len(points) >= _FEWEST_EDITIONS and any(any(kinds_of) for _, *kinds_of in points):
        yield data.chart("Записей по редакциям", kinds, [_shown(row) for row in points])


def classes_title(dossier: Dossier) -> str:
    """Return the title of the chart of classes: where records have several, they add up to more than the changes."""
    several = sum(dossier.by_class.values()) > len(dossier.own_changes)
    return f"Изменения по классам{' (у записи их может быть несколько)' if several else ''}"


def _shown(row: Row) -> list[str | int]:
    """Leave out what is nothing, so that no «0» is drawn."""
    return [value if value != 0 else "" for value in row]
