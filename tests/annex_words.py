"""The words of Приложение 1 that annexes written for the tests are made of."""

from workbook_tools.annex.wordings import wordings_of
from workbook_tools.profile import load_profile

PROFILE = load_profile().profile
WORDINGS = wordings_of(PROFILE)
HEADER = tuple(PROFILE.headers("annex").values())
ASKED, OPEN, INNER = (activity.annex_label for activity in PROFILE.activities[:3])
OFFLINE, DIGITAL = "Офлайн-точка", "Цифровая точка"
PHONE, BUILDING, SITE = "Телефонная связь", "Здание Министерства", "Официальный сайт Министерства"
ADVICE, COMPLAINT = "Получение консультации", "Подача жалобы"
