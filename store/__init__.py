"""MongoDB: the only room that knows a collection's name, or that Motor and PyMongo exist.

May import nothing of ours but the plain data types of `hub` (model, errors, clock); knows no HTTP.
Start reading at `journal.py` (how a change is written) and `tail.py` (how everyone hears of it).
"""
