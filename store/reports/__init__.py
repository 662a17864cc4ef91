"""Readers of the journal as a record: sums, scans page by page, the report of a night, the history of a ticket."""
