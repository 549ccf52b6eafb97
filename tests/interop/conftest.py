"""One office for all tests that type."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.interop.office import OFFICE


@pytest.fixture(scope="session", autouse=True)
def _the_office_closes_at_the_end() -> Iterator[None]:
    yield
    OFFICE.close()
