"""What counts as a foreign word in a text for people."""

from __future__ import annotations

import re

_NAMES = re.compile(
    r"""--[a-z-]+              # options
    | perechen(\ [a-z]+)?      # the program and its commands
    | (?<![\w/])/\S*           # paths
    | [^\s«»"]*\.(xlsx|xlsm|xlsb|xls|ods|docx|toml|json|txt)\b
    | https?://\S+ | \S+@\S+ | \S+\.(ru|com)\b
    | [0-9a-f]{64}            # sums of files
    | \b[A-Z]{1,3}\d+\b        # cells
    | \b[IVX]+\b              # parts of the order
    | \b(Word|Excel|LibreOffice|OnlyOffice|Dask|SHA-256)\b""",
    re.VERBOSE,
)
JARGON = re.compile(
    r"валидац|парс(?:ер|инг)|токен|датафрейм|дефолт|фидбек|эксепшн|регэксп|хеш|\bБД\b|дедлайн|апдейт|мерж|"
    r"индекс строк|кодировк|схем[аы] данных|дамп|флаг",
    re.IGNORECASE,
)


def foreign_words(text: str, *names: str) -> list[str]:
    """Return the Latin words of a text that name no file, option, cell, address or product, nor one of `names`."""
    plain = _NAMES.sub(" ", text)
    for name in names:
        plain = plain.replace(name, " ")
    return re.findall(r"[A-Za-z]{2,}", plain)
