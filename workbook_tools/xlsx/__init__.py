"""Writing workbooks: checked cells, one style, computed heights."""
