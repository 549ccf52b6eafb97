"""Sentences that lean on the act are the profile's; what it leaves out names no section of anybody's act."""

from __future__ import annotations

import re

from workbook_tools.profile import load_profile
from workbook_tools.profile.texts import Texts


def test_what_a_profile_leaves_out_names_no_section_and_no_kind_of_act() -> None:
    said = " ".join(str(text) for _, text in Texts())
    assert not re.search(r"\bраздел|пункт|приказ|Приложени|Министерств", said)


def test_the_shipped_profile_names_the_sections_of_its_order() -> None:
    texts = load_profile().profile.texts
    assert texts.actualise.endswith("(раздел III)")
    assert texts.amend_list.startswith("Дополнить пункт 3 раздела II Порядка")
    assert "раздел" not in texts.title
    assert load_profile("svetloozersk_services").profile.texts.case == "Случай пункта 9"
