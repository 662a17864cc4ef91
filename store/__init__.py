"""MongoDB: the only folder that knows a collection's name, or that Motor and PyMongo exist.

May import of the hub only `hub.model`, `hub.errors` and `hub.clock`; knows no HTTP. Start reading at
`journal/appender.py` (how a change is committed) and `journal/tail.py` (how every process follows the journal).
"""
