"""Version of the hub: the one place that says it (`--version`, `/healthz`, `/metrics`, *Running*, the wheel)."""

VERSION = "0.2.0"
