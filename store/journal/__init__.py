"""The event journal: written in group commits by the appender, followed by the tail."""
