"""Addresses and numbers: sound ones in the many ways people write them, and the ones that lead nowhere."""

from __future__ import annotations

import pytest

from tests.books import PROFILE
from workbook_tools.contacts import fault, foreign

DOMAINS = PROFILE.government_domains


@pytest.mark.parametrize(
    ("kind", "contact"),
    [
        ("url", "https://dprt.admin-smolensk.ru/"),
        ("url", "dprt.admin-smolensk.ru"),
        ("url", "www.gosuslugi.ru, раздел «Обращения»"),
        ("url", "https://госуслуги.рф/подать?id=1#форма"),
        ("url", "(http://a-b.gov.ru:8080/x)"),
        ("email", "deprpromtorg@smolinvest.com"),
        ("email", "otdel.kadrov+1@admin-smolensk.ru; priem@admin-smolensk.ru"),
        ("email", "почта@пример.рф (для справок)"),
        ("phone", "(4812) 29-22-00"),
        ("phone", "8 (4812) 29-22-00, доб. 12"),
        ("phone", "+7 (4812) 29-22-00"),
        ("phone", "+7 900 123-45-67; 8-800-100-00-00"),
        ("phone", "29-22-00"),
        ("phone", "внутренний 12-34"),
        ("phone", "каб. 12, тел. 29-22-00"),
        ("phone", "112"),
        ("place", "каб. 12"),
        ("place", "пл. Ленина, д. 1"),
        ("none", "https://vk.com/minprom"),
        ("", "что угодно"),
        ("email", ""),
        ("phone", "   "),
    ],
)
def test_a_sound_address_has_no_fault(kind: str, contact: str) -> None:
    assert fault(contact, kind) == ""


@pytest.mark.parametrize(
    ("kind", "contact", "wrong"),
    [
        ("email", "deprpromtorg@smolinvest", "deprpromtorg@smolinvest"),
        ("email", "кабинет 5", "кабинет 5"),
        ("email", "a@b@c.ru", "a@b@c.ru"),
        ("email", "priem@admin-smolensk.ru; otdel@", "otdel@"),
        ("email", "otdel@admin smolensk.ru", "otdel@admin"),
        ("url", "htp://x.ru", "htp://x.ru"),
        ("url", "http:/x.ru", "http:/x.ru"),
        ("url", "сайт", "сайт"),
        ("url", "https://localhost", "https://localhost"),
        ("phone", "нет", "нет"),
        ("phone", "12", "12"),
        ("phone", "29-2О-00", "29-2О-00"),
        ("phone", "+7 4812 29-22-0", "+7 4812 29-22-0"),
        ("phone", "8 4812 29 22 00 12 34 56", "8 4812 29 22 00 12 34 56"),
        ("place", "каб. 12, a@b", "a@b"),
        ("none", "http:// vk.com", "http://"),
    ],
)
def test_the_part_that_is_wrong_is_named(kind: str, contact: str, wrong: str) -> None:
    assert fault(contact, kind) == wrong.strip(".:")


@pytest.mark.parametrize(
    ("contact", "strange"),
    [
        ("https://dprt.admin-smolensk.ru/", ""),
        ("otdel@admin-smolensk.ru", ""),
        ("otdel@mail.admin-smolensk.ru", ""),
        ("otdel@smolinvest.com", "otdel@smolinvest.com"),
        ("otdel@notgov.ru", "otdel@notgov.ru"),
        ("https://example.ru; https://gov.ru", "https://example.ru"),
        ("(4812) 29-22-00", ""),
        ("", ""),
    ],
)
def test_a_domain_of_no_public_body_is_told(contact: str, strange: str) -> None:
    assert foreign(contact, DOMAINS) == strange
