"""Frames hold their texts as Python's own strings, whether or not pyarrow is there: it knows no half of a character.

The name of a file may hold bytes of no encoding, which travel as such halves; and values are handed on one by one,
which costs less where they are plain objects. Whoever makes frames imports this first.
"""

from __future__ import annotations

import pandas as pd

pd.set_option("mode.string_storage", "python")
