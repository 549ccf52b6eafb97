"""Needs beside the forms of the Порядок, and beside the name of the process."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import PROFILE
from workbook_tools.needs import form_of, is_copy, needs_facts
from workbook_tools.text import split_list

LEAST = PROFILE.limits.similar_need


@pytest.mark.parametrize(
    ("need", "form"),
    [
        ("Получение консультации", "получение консультации клиентом"),
        ("получение консультации по общеорганизационным вопросам", "получение консультации клиентом"),
        ("Подача жалобы/обращения/запроса", "подача клиентом обращения, заявления, запроса, документов, жалобы"),
        ("предоставление документов.", "подача клиентом обращения, заявления, запроса, документов, жалобы"),
        ("Сотруднику начислена заработная плата", ""),
        ("консультационный день", ""),
        ("иные взаимодействия", ""),
        ("", ""),
    ],
)
def test_a_need_is_of_the_form_whose_words_it_begins_with(need: str, form: str) -> None:
    assert form_of(need, PROFILE) == form


@pytest.mark.parametrize(
    ("need", "process", "copy"),
    [
        ("Увольнение с службы.", "увольнение с службы", True),
        (
            "Увольнение с государственной гражданской службы (работы)",
            "Увольнение с государственной гражданской службы (работы) в Министерстве",
            True,
        ),
        ("Получение консультации", "Получение справки", False),
        ("Получение консультации", "Получение консультации по вопросам отпуска", False),
        ("", "", False),
    ],
)
def test_a_need_that_says_the_process_again_is_a_copy(need: str, process: str, *, copy: bool) -> None:
    assert is_copy(need, process, LEAST) is copy


NEEDS = st.lists(st.sampled_from(["Оформление отпуска", "оформление отпусков", "Отдых", "Подача запроса", "", "."]))


@settings(deadline=None)
@given(NEEDS, st.sampled_from(["Оформление отпуска", "Оформление отпуска в Министерстве", "отдых", ""]))
def test_needs_are_sorted_one_by_one(needs: list[str], process: str) -> None:
    frame = pd.DataFrame({"process": [process], "needs": ["; ".join(needs)]})
    items = split_list("; ".join(needs))
    copied = [item for item in items if is_copy(item, process, LEAST)]
    other = [item for item in items if item not in copied and not form_of(item, PROFILE)]
    told = {"needs_copied": "; ".join(copied), "needs_other": "; ".join(other)}
    assert needs_facts(frame, PROFILE).to_dict("records") == [told]


def test_a_copy_is_not_told_twice() -> None:
    frame = pd.DataFrame({"process": ["Оформление отпуска"], "needs": ["Оформление отпуска; Отдых; Подача запроса"]})
    facts = needs_facts(frame, PROFILE)
    assert facts.to_dict("records") == [{"needs_copied": "Оформление отпуска", "needs_other": "Отдых"}]
    assert needs_facts(frame.iloc[:0], PROFILE).columns.tolist() == ["needs_copied", "needs_other"]
