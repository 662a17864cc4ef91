"""Import of tickets sold elsewhere: a file is checked, staged, and completed by one journal entry.

`file/` reads it, `choices` are what the organiser says of it, `check` validates it, `matching` and `corrections`
compare it with the tickets that are there, `importer` carries it out with the commands in `commands` and `complete`.
"""
