"""Приложение 1 as a source: its table, with merged and broken cells, read into records."""

from workbook_tools.annex.reading import read_annex

__all__ = ["read_annex"]
