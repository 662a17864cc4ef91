"""Import of tickets sold elsewhere, from CSV or a workbook: read, checked, staged, completed by one journal entry.

`upload` holds the file (`workbook` unpacks one), `table` reads its rows of cells, `columns`, `states`, `dates` and
`barcodes` read what sellers write, `survey` decides what a whole column means, `rows` and `showings` read a row,
`check` validates the file, `matching` and `corrections` compare it with the tickets that are there, `importer` carries
it out with the commands in `commands` and `complete`.
"""
