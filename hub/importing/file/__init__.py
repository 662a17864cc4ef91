"""Reading of a file of tickets: its bytes, its table, its columns and their cells.

`upload` holds the file (`workbook` unpacks one), `table` reads its rows of cells, `columns`, `states`, `dates` and
`barcodes` read what sellers write, `survey` decides what a whole column means, `rows` and `showings` read a row.
"""
