"""Tickets that were sold elsewhere, taken over from CSV (booking-api.md, import): read, checked, staged, made true.

`upload` holds the file, `table` makes rows of cells of it, `columns` knows what others call their columns and `words`
what they write into them, `rows` and `when` make sense of a row, `check` looks at the whole file, `importer` carries it
out with the commands in `commands`.
"""
