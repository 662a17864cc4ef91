"""The process: its supervisor, the bootstrap of a fresh hub, the demo event, and the user command line."""
