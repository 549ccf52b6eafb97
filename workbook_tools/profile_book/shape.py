"""The tables of a profile <-> the tables of its workbook: what is said of one thing stands in one row."""

from __future__ import annotations

from typing import Any

from workbook_tools.profile_book.tables import WORDS

Data = dict[str, Any]
Path = tuple[str | int, ...]

SCHEMA = 1


def laid_out(data: Data) -> Data:
    """Return a profile's tables as the sheets show them; `data` stays as it is.

    A rule knows whether it goes to the officer, a message its own severity, a touchpoint the kind it is taken for,
    and the short lists stand together under «words».
    """
    rules = {
        code: {**rule, "messages": _messages(rule), "decides": code in data["decision_rules"]}
        for code, rule in data["rules"].items()
    }
    overrides = data["kind_overrides"]
    touchpoints = [{**item, "override": overrides.get(item["code"])} for item in data["touchpoints"]]
    return {**data, "rules": rules, "touchpoints": touchpoints, "words": {name: data[name] for name in WORDS}}


def _messages(rule: Data) -> Data:
    names = dict.fromkeys((*rule["messages"], *rule["severities"]))
    texts = {name: {"text": text} for name, text in rule["messages"].items()}
    severities = {name: {"severity": level} for name, level in rule["severities"].items()}
    return {name: {**texts.get(name, {}), **severities.get(name, {})} for name in names}


def gathered(data: Data) -> Data:
    """Return the sheets' tables as a profile's: `laid_out` the other way."""
    rules = {code: _rule(rule) for code, rule in data["rules"].items()}
    touchpoints = [{key: value for key, value in item.items() if key != "override"} for item in data["touchpoints"]]
    return {
        **{name: value for name, value in data.items() if name != "words"},
        **{name: data["words"].get(name, []) for name in WORDS},
        "schema": SCHEMA,
        "rules": rules,
        "decision_rules": [code for code, rule in data["rules"].items() if rule.get("decides")],
        "touchpoints": touchpoints,
        "kind_overrides": {item["code"]: item["override"] for item in data["touchpoints"] if "override" in item},
    }


def _rule(rule: Data) -> Data:
    messages = rule["messages"]
    return {
        **{key: value for key, value in rule.items() if key != "decides"},
        # A message whose text was wiped out is not one that the book was made without.
        "messages": {name: item.get("text", "") for name, item in messages.items()},
        "severities": {name: item["severity"] for name, item in messages.items() if "severity" in item},
    }


def path_told(path: Path, data: Data) -> str:
    """Return how the profile's own faults name what stands in a cell, by its way in the sheets' tables."""
    if path[0] == "words":
        path = path[1:]
    if path[0] == "rules" and "messages" in path:
        _, code, _, name, *what = path
        path = ("rules", code, "severities" if what == ["severity"] else "messages", name)
    if path[0] == "touchpoints" and path[-1] == "override" and isinstance(path[1], int):
        path = ("kind_overrides", data["touchpoints"][path[1]].get("code", ""))
    return ".".join(map(str, path))
