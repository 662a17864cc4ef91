"""The reference client of `/live`: reconnects by itself, and keeps a replica of the event it follows."""
