"""The one visual language of every workbook we write: palette, fonts, cell styles."""

from __future__ import annotations

from typing import Any

Properties = dict[str, Any]

INK = "#1F2933"
MUTED = "#52606D"
LINE = "#9AA5B1"
HEADER_FILL = "#DCE3EA"
LOCKED_FILL = "#EEF0F2"
SHUT_FILL = "#D9DEE4"
INPUT_FILL = "#FFFBE6"
SEVERITY_FILL = {"error": "#F4B6B0", "warning": "#FBE3A6", "info": "#D6E6F5"}

BASE: Properties = {"font_color": INK, "valign": "top"}
TITLE: Properties = BASE | {"bold": True, "font_size": 15, "valign": "vcenter"}
HEADING: Properties = BASE | {"bold": True, "font_size": 11, "valign": "vcenter"}
NOTE: Properties = BASE | {"font_color": MUTED, "text_wrap": True}
TEXT: Properties = BASE | {"text_wrap": True}
CELL: Properties = BASE | {"text_wrap": True, "border": 1, "border_color": LINE, "num_format": "@"}
NUMBER: Properties = CELL | {"num_format": "#,##0", "align": "right", "indent": 1, "text_wrap": False}
DATE: Properties = CELL | {"num_format": "dd.mm.yyyy", "align": "left"}
OPTIONAL_FILL = "#F4F6F8"
HEADER: Properties = CELL | {"bold": True, "bg_color": HEADER_FILL, "valign": "vcenter", "align": "center"}
LOCKED: Properties = {"bg_color": LOCKED_FILL}
# Slanted, so that it differs from LOCKED in black and white too.
WAITING: Properties = {"bg_color": "#F7EFD9", "italic": True}
UNLOCKED: Properties = {"locked": False}
LINK: Properties = {"font_color": "#1F4E79", "underline": 1}
STRUCK: Properties = {"font_strikeout": True, "font_color": "#9B2C2C"}
ADDED: Properties = {"bold": True, "font_color": "#1F5132"}
