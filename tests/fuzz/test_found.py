"""Every find of the fuzzers stays found: the run ends with its code and a sentence, and the good rows are merged."""

from __future__ import annotations

import json

import pytest

from tests.fuzz.found import FOUND, Find
from tests.fuzz.stage import faults, good_rows, own, run, sound


@pytest.mark.parametrize("find", FOUND.values(), ids=FOUND.keys())
def test_what_was_found_once_is_withstood(find: Find) -> None:
    ran = run(own(), **find.given())
    assert faults(ran) == []
    assert ran.code == find.code
    assert find.says in ran.said + json.dumps(ran.report, ensure_ascii=False)
    if ran.report:
        assert good_rows(ran) == good_rows(sound())
