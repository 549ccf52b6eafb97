"""The profile as a workbook: written for the officer to change, read back as the same profile."""

from workbook_tools.profile_book.reading import profile_of_book
from workbook_tools.profile_book.writing import write_profile

__all__ = ["profile_of_book", "write_profile"]
