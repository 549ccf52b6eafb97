"""What is seen otherwise than it is read is told in the columns asked for, whatever says so."""

from __future__ import annotations

import datetime

from workbook_tools.grids import Grid, Shown
from workbook_tools.reading.shown import of_title, shown_otherwise

PERCENT, MONTH = Shown(1, 0, "shown_number", "50%", "0,5"), Shown(0, 2, "shown_date", "03.04.2026", "d-mmm")


def test_times_and_truth_are_told_beside_formats_in_order_of_their_places() -> None:
    rows = (
        (True, datetime.timedelta(hours=36), datetime.date(2026, 4, 3)),
        ("50%", False, datetime.datetime(2026, 4, 3, 9, 5)),  # noqa: DTZ001 - sheets know no zones
        (5.0, "текст", datetime.time(9, 5)),
    )
    assert list(shown_otherwise(Grid("Лист", rows, shown=(PERCENT, MONTH)), {0, 1, 2})) == [
        Shown(0, 0, "truth", "да", "ИСТИНА"),
        Shown(0, 1, "moment", "36:00:00", ""),
        MONTH,
        PERCENT,
        Shown(1, 1, "truth", "нет", "ЛОЖЬ"),
        Shown(1, 2, "moment", "03.04.2026 09:05", ""),
        Shown(2, 2, "moment", "09:05:00", ""),
    ]


def test_other_columns_are_passed_over() -> None:
    assert list(shown_otherwise(Grid("Лист", ((True, "а"),), shown=(PERCENT,)), {1})) == []


def test_a_day_of_the_title_may_be_shown_in_any_way() -> None:
    assert of_title(Grid("Титул", (), shown=(PERCENT, MONTH))) == [PERCENT]
