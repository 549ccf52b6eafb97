"""Every rule that has a row once more, as a plain loop over rows asks it: no frames, no schema, no package code.

Only the lists of the profile are shared. What it says is what the order and the catalogue of rules say; it is slow
and knows no more kinds of text than the generated rows have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import NamedTuple

from rapidfuzz import fuzz

from tests.books import PROFILE

Texts = Mapping[str, str]
ERROR_CELL = "#N/A"
NAMES = list(PROFILE.headers("data"))
CONTENT = ("activity", "process", "client", "touchpoint", "contact", "kind", "needs", "key")
REQUIRED = ("activity", "process", "client", "touchpoint", "kind", "needs")
LONGEST = {"process": 250, "touchpoint": 250, "contact": 500, "needs": 1000, "basis": 500, "note": 1000}
KNOWN_ACTIONS = ("без изменений", "включить", "изменить", "исключить")
FORMS = [name.casefold() for form in PROFILE.interaction_forms for name in (form.name, *form.synonyms)]
OTHER_BODY = "министерства финансов"
TEXTS = ("process", "touchpoint", "contact", "needs", "note")
LATIN, RUSSIAN = "ABCEHKMOPTXYaceopxy", "АВСЕНКМОРТХУасеорху"

WARNINGS = {
    ("П-06", "disputed"), ("П-07", "main"), ("П-09", "clients"), ("П-10", "main"), ("П-10", "known"), ("П-13", "main"),
    ("П-19", "main"), ("П-19", "kept"), ("П-22", "main"), ("П-23", "absent"), ("П-26", "lookalike"), ("П-28", "main"),
    ("П-29", "main"),
}  # fmt: skip
INFOS = {("П-09", "united"), ("П-11", "main"), ("П-11", "several"), ("П-23", "not_government"), ("П-26", "main")}


class Said(NamedTuple):
    """A finding as both sides are compared by."""

    rule: str
    variant: str
    severity: str
    file: str
    cell: str
    value: str


@dataclass
class Line:
    """A row of a file: as typed, and as it is understood."""

    file: str
    unit: str
    row: int
    typed: Texts
    own: dict[str, str] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    was: Texts | None = None
    changed: list[str] = field(default_factory=list)
    rival: tuple[str, str] | None = None


# --- what a text means ------------------------------------------------------------------------------------------------


def russian(word: str) -> str:
    """Return a word in Russian letters if it mixes alphabets."""
    if any("а" <= sign <= "я" or sign == "ё" for sign in word.casefold()) and any(sign in LATIN for sign in word):
        return word.translate(str.maketrans(LATIN, RUSSIAN))
    return word


@cache
def clean(text: str) -> str:
    return " ".join(russian(word) for word in text.split())


@cache
def fold(text: str) -> str:
    return clean(text).casefold().replace("ё", "е").replace("«", '"').replace("»", '"').replace("–", "-").rstrip(". ")


def terms(listing: str) -> dict[str, str]:
    """Return what people read for each wording of a closed list."""
    return {fold(wording): term.name for term in getattr(PROFILE, listing) for wording in (term.name, *term.aliases)}


LISTS = {name: terms(listing) for name in NAMES if (listing := PROFILE.field[name].list)}
POINTS = {fold(wording): point for point in PROFILE.touchpoints for wording in (point.name, *point.aliases)}
CLIENTS = {activity.name: activity.client for activity in PROFILE.activities}


def understood(name: str, text: str) -> str:
    if name in LISTS:
        return LISTS[name].get(fold(text), clean(text))
    if name == "needs":
        return "; ".join(item for part in text.split(";") if (item := clean(part)))
    return clean(text)


def point(text: str) -> str:
    return POINTS[fold(text)].code if fold(text) in POINTS else fold(text)


def compared(name: str, text: str) -> object:
    if name == "touchpoint":
        return point(text)
    if name == "needs":
        return {fold(item) for item in text.split(";") if item.strip()}
    return text == "да" if name == "key" else fold(text)


def key_of(texts: Texts) -> tuple[str, str, str]:
    return fold(texts["activity"]), fold(texts["process"]), point(texts["touchpoint"])


def glued(text: str) -> bool:
    return fold(text) not in POINTS and sum(fold(part) in POINTS for part in text.split(",")) > 1


def numbers(text: str) -> list[str]:
    return sorted("".join(sign if sign.isdigit() else " " for sign in text).split())


@cache
def subject(process: str) -> set[str]:
    """Return the stems of what a process is about, the words of its stage left out."""
    stages = [fold(word).rstrip("аеиоуыэюя") if fold(word)[-1] in "аеиоуыэюя" else fold(word)
              for word in PROFILE.stage_words]  # fmt: skip
    words = [word for word in fold(process).replace("(", " ").replace(")", " ").split()
             if len(word) > 2 or word.isdigit()]  # fmt: skip
    return {word[:5] for word in words
            if not any(word.startswith(stage) and len(word) - len(stage) < 3 for stage in stages)}  # fmt: skip


# --- the loop ---------------------------------------------------------------------------------------------------------


class Naive:
    """Asks every rule of every row, one after the other."""

    def __init__(self, edition: Sequence[Texts]) -> None:
        self.edition = edition
        self.by_code = {record["code"]: record for record in edition}

    def findings(self, files: Mapping[str, tuple[str, Sequence[tuple[int, Texts]]]]) -> Counter[Said]:
        """Return what is found in files: for each its unit and its rows by their numbers."""
        lines = [self.line(file, unit, row, typed) for file, (unit, rows) in files.items() for row, typed in rows]
        own = [said for line in lines for said in self.of_row(line, lines)]
        refused = {(said.file, int(said.cell.lstrip("ABCDEFGHIJKLM"))) for said in own if said.severity == "error"}
        rivals = self.rivalry([x for x in lines if (x.file, x.row) not in refused])
        deleted = [said for file, (unit, _) in files.items() for said in self.deleted(file, unit, lines)]
        return Counter([*own, *rivals, *deleted])

    def line(self, file: str, unit: str, row: int, typed: Texts) -> Line:
        line = Line(file, unit, row, typed)
        line.unreadable = {name for name in NAMES if typed.get(name) == ERROR_CELL}
        line.own = {name: "" if name in line.unreadable else understood(name, typed.get(name, "")) for name in NAMES}
        line.was = self.by_code.get(line.own["code"]) if line.own["code"] else None
        if line.was:
            was = line.was
            line.changed = [n for n in CONTENT if compared(n, line.own[n]) != compared(n, was[n])]
        return line

    def of_row(self, line: Line, lines: Sequence[Line]) -> Iterator[Said]:
        settled = line.own["action"] == "без изменений" and line.was is not None and not line.changed
        for rule, variant, name in self.broken(line, lines):
            severity = severity_of(rule, variant)
            if severity == "error" and settled:
                severity = "warning"
            yield said(line, rule, variant, name, severity)
        for name in NAMES[1:]:
            if name not in line.unreadable:
                yield from correction(line, name)

    def broken(self, line: Line, lines: Sequence[Line]) -> Iterator[tuple[str, str, str]]:
        """Yield rule, message and column of each rule that a row breaks and that can be asked of it."""
        for name in line.unreadable:
            yield "П-02", "error_cell", name
        broken = chain(
            columns(line), lists(line), touchpoints(line, lines), stages(line, lines), self.known(line), texts(line),
            contacts(line), actions(line), codes(line, lines),
        )  # fmt: skip
        for rule, variant, name, *reads in broken:
            if not line.unreadable & {name, *reads}:
                yield rule, variant, name

    def known(self, line: Line) -> Iterator[tuple[str, ...]]:
        """Yield П-10 where a new process is nearly worded as one of the edition."""
        name = fold(line.own["process"])
        if line.own["action"] not in {"включить", "изменить"} or not name:
            return
        known = {fold(record["process"]) for record in self.edition
                 if fold(record["activity"]) == fold(line.own["activity"])}  # fmt: skip
        was = fold(line.was["process"]) if line.was else ""
        if name not in known and any(
            max(fuzz.ratio(name, other), fuzz.token_sort_ratio(name, other)) >= 90 and numbers(name) == numbers(other)
            for other in known - {was}
        ):
            yield "П-10", "known", "process", "activity"

    # --- П-09: who else claims the same process and touchpoint --------------------------------------------------------

    def rivalry(self, lines: Sequence[Line]) -> Iterator[Said]:
        """Yield П-09 among the rows that have no fault of their own."""
        claims = [x for x in lines if is_claim(x)]
        addressed = {x.own["code"] for x in lines if x.was and x.was["unit"] == x.unit}
        standing = [record for record in self.edition if record["code"] not in addressed]
        for line in claims:
            if not brings(line):
                continue
            kind, other = decisive(line, claims, standing)
            if kind in {"", "united"} and not line.own["code"]:
                yield from self.returned(line, lines, [x.own for x in claims if x.own["code"]], standing)
            if kind:
                yield said(line, "П-09", kind, "touchpoint", severity_of("П-09", kind))
            if kind == "united" and other != line.own["client"]:
                yield said(line, "П-09", "clients", "client", "warning")

    def returned(self, line: Line, lines: Sequence[Line], coded: Sequence[Texts],
                 standing: Sequence[Texts]) -> Iterator[Said]:  # fmt: skip
        """Yield П-15 where a new row names what another row excludes and no other record holds."""
        key = key_of(line.own)
        gone = [(record, x) for record in self.edition for x in lines if x.was is record and leaves(x, line)]
        if not gone or any(key_of(record) == key for record in (*coded, *standing)):
            return
        was, other = gone[0]
        alike = all(compared(n, line.own[n]) == compared(n, was[n]) for n in CONTENT)
        alike = alike and all(line.own[n] == was[n] for n in ("process", "touchpoint", "contact"))
        variant = "taken_over" if other.file != line.file else "again_same" if alike else "again"
        yield said(line, "П-15", variant, "action", "info")

    def deleted(self, file: str, unit: str, lines: Sequence[Line]) -> Iterator[Said]:
        given = {line.own["code"] for line in lines if line.file == file}
        for record in self.edition:
            if record["unit"] == unit and record["code"] not in given:
                yield Said("П-15", "deleted", "error", file, "", record["code"])


# --- what each rule asks of a row -------------------------------------------------------------------------------------


def columns(line: Line) -> Iterator[tuple[str, ...]]:
    action = line.own["action"]
    if not action:
        yield "П-02", "main", "action"
    required = {"исключить": ("touchpoint",)}.get(action, REQUIRED if action in KNOWN_ACTIONS else ())
    for name in required:
        if not line.own[name]:
            yield "П-02", "main", name
    for name, most in LONGEST.items():
        if len(line.own[name]) > most and (action != "исключить" or name in {"touchpoint", "basis"}):
            yield "П-02", "too_long", name


def lists(line: Line) -> Iterator[tuple[str, ...]]:
    own = line.own
    if own["action"] and own["action"] not in KNOWN_ACTIONS:
        yield "П-15", "unknown", "action"
    if not is_checked(line):
        return
    for rule, variant, name in (
        ("П-04", "unknown", "activity"),
        ("П-05", "main", "kind"),
        ("П-12", "unknown", "key"),
        ("П-13", "unknown", "client"),
    ):
        if own[name] and own[name] not in LISTS[name].values():
            yield rule, variant, name
    usual = CLIENTS.get(own["activity"], "")
    if usual and own["client"] in LISTS["client"].values() and own["client"] != usual:
        yield "П-13", "main", "client", "activity"


def touchpoints(line: Line, lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    own = line.own
    if not is_checked(line) or not own["touchpoint"]:
        return
    known = POINTS.get(fold(own["touchpoint"]))
    if glued(own["touchpoint"]):
        yield "П-08", "main", "touchpoint"
    elif known is None or not known.in_list:
        yield "П-07", "main", "touchpoint"
    kinds = {"digital": "цифровая", "offline": "офлайн"}
    if known and own["kind"] in kinds.values() and own["kind"] != kinds[known.kind]:
        yield "П-06", "disputed" if known.kind_disputed else "main", "kind", "touchpoint"
    if known and known.internal and "внешний" in own["client"]:
        yield "П-28", "main", "touchpoint", "client"
    if twice_in_file(line, lines):
        yield "П-09", "main", "touchpoint", "activity", "process"


def stages(line: Line, lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    own = line.own
    if not is_checked(line) or not own["process"]:
        return
    about = subject(own["process"])
    place = (fold(own["activity"]), point(own["touchpoint"]))
    if about and all(place):
        for other in lines:
            if other.file == line.file and is_checked(other) and place == stage_place(other, about):
                if fold(other.own["process"]) != fold(own["process"]):
                    yield "П-10", "main", "process", "activity", "touchpoint"
                break


def texts(line: Line) -> Iterator[tuple[str, ...]]:
    own = line.own
    if not is_checked(line):
        return
    for name in TEXTS:
        if OTHER_BODY in fold(own[name]):
            yield "П-22", "main", name
    needs = [item for item in own["needs"].split("; ") if item]
    copied = [item for item in needs if own["process"] and fuzz.ratio(fold(item), fold(own["process"])) >= 85]
    others = [
        item for item in needs
        if item not in copied and not any(fold(item) == form or fold(item).startswith(f"{form} ") for form in FORMS)
    ]  # fmt: skip
    if copied:
        yield "П-29", "main", "needs", "process"
    if others:
        yield "П-11", "main" if len(others) == 1 else "several", "needs", "process"


def contacts(line: Line) -> Iterator[tuple[str, ...]]:
    own = line.own
    if not is_checked(line):
        return
    known = POINTS.get(fold(own["touchpoint"]))
    kind, contact = known.contact if known else "", own["contact"]
    on_net = kind in {"url", "email"}
    if not contact:
        if on_net or kind == "phone":
            yield "П-23", "absent", "contact", "touchpoint"
        return
    words = contact.replace(",", " ").split()
    mails = [word for word in words if "@" in word]
    sites = [word for word in words if "://" in word]
    wrong = any("." not in mail.partition("@")[2] for mail in mails)
    lacks = {"url": not sites, "email": not mails, "phone": sum(sign.isdigit() for sign in contact) < 3}
    if wrong or lacks.get(kind, False):
        yield "П-23", "main", "contact", "touchpoint"
    hosts = [mail.partition("@")[2] for mail in mails if "." in mail.partition("@")[2]]
    hosts += [site.partition("://")[2].partition("/")[0] for site in sites]
    if on_net and any(not host.endswith(PROFILE.government_domains) for host in hosts):
        yield "П-23", "not_government", "contact", "touchpoint"


def actions(line: Line) -> Iterator[tuple[str, ...]]:
    own, action, was = line.own, line.own["action"], line.was
    changes = action in {"включить", "изменить", "исключить"}
    if changes and not own["basis"]:
        yield "П-14", "main", "basis", "action"
    if action == "без изменений" and [n for n in line.changed if own[n] or n not in REQUIRED]:
        yield "П-15", "edited", "action", "code", *CONTENT
    if action == "изменить" and was and not line.changed and not retyped(line):
        yield "П-15", "same", "action", "code"
    if action == "исключить" and was and "touchpoint" in line.changed and own["touchpoint"]:
        yield "П-15", "other_touchpoint", "touchpoint", "action"


def codes(line: Line, lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    own, action = line.own, line.own["action"]
    if action in {"без изменений", "изменить", "исключить"} and not own["code"]:
        yield "П-15", "no_code", "code", "action"
    if action == "включить" and own["code"]:
        yield "П-15", "has_code", "code", "action"
    if own["code"] and line.was is None and action != "включить":
        yield "П-15", "unknown_code", "code", "action"
    if own["code"] and sum(x.file == line.file and x.own["code"] == own["code"] for x in lines) > 1:
        yield "П-15", "code_twice", "code"
    if line.was and line.was["unit"] != line.unit and action in KNOWN_ACTIONS:
        yield "П-19", "kept" if action == "без изменений" else "main", "code", "action"


def is_checked(line: Line) -> bool:
    return line.own["action"] in {"без изменений", "включить", "изменить"}


def is_claim(line: Line) -> bool:
    return is_checked(line) and all(line.own[name] for name in ("activity", "process", "touchpoint"))


def stage_place(line: Line, about: set[str]) -> tuple[str, str]:
    own = line.own
    return (fold(own["activity"]), point(own["touchpoint"])) if subject(own["process"]) == about else ("", "")


def retyped(line: Line) -> bool:
    was = line.was or {}
    return any(line.own[name] != was[name] for name in ("process", "touchpoint", "contact", "needs"))


def brings(line: Line) -> bool:
    """Tell whether a row brings its key into the register: it is new, or its key was another."""
    return line.own["action"] == "включить" or bool({"activity", "process", "touchpoint"} & set(line.changed))


def leaves(line: Line, other: Line) -> bool:
    """Tell whether a row excludes its unit's own record of another row's key."""
    own = line.was is not None and line.was["unit"] == line.unit
    return own and line.own["action"] == "исключить" and key_of(line.was or {}) == key_of(other.own)


def decisive(line: Line, claims: Sequence[Line], standing: Sequence[Texts]) -> tuple[str, str]:
    """Return what the gravest claim outside a row's own file makes of its key, and that claim's client."""
    key, own_code = key_of(line.own), line.own["code"]
    others = [
        (x.unit, x.own["code"], x.own["kind"], x.own["client"])
        for x in claims
        if x.file != line.file and key_of(x.own) == key and (not own_code or x.own["code"] != own_code)
    ]
    others += [(x["unit"], x["code"], x["kind"], x["client"]) for x in standing
               if key_of(x) == key and x["code"] != own_code]  # fmt: skip
    for unit, code, _, client in others:
        if code and (own_code or unit == line.unit):
            return "in_edition", client
    for _, _, kind, client in others:
        if kind != line.own["kind"]:
            return "between_units", client
    return ("united", min(others)[3]) if others else ("", "")


def twice_in_file(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a row brings a key that another row of its file has before it; who held a key comes first."""
    key, code = key_of(line.own), line.own["code"]
    before = [
        x for x in lines
        if x.file == line.file and x is not line and is_claim(x) and key_of(x.own) == key
        and (not code or x.own["code"] != code)
        and (brings(x), not x.own["code"], x.row) < (brings(line), not code, line.row)
    ]  # fmt: skip
    return is_claim(line) and brings(line) and bool(before)


def correction(line: Line, name: str) -> Iterator[Said]:
    typed, own = line.typed.get(name, ""), line.own[name]
    same = typed.casefold() == own.casefold() if name in LISTS else typed == own
    if typed.strip() and not same:
        latin = [sign for sign in typed if sign in LATIN and sign not in own]
        variant = "lookalike" if latin else "main"
        yield said(line, "П-26", variant, name, severity_of("П-26", variant))


def severity_of(rule: str, variant: str) -> str:
    if (rule, variant) in WARNINGS:
        return "warning"
    return "info" if (rule, variant) in INFOS else "error"


def said(line: Line, rule: str, variant: str, name: str, severity: str) -> Said:
    cell = f"{'ABCDEFGHIJKLM'[NAMES.index(name)]}{line.row}"
    return Said(rule, variant, severity, line.file, cell, line.typed.get(name, ""))
