"""Relays (docs/relay.md): the role at the hub, and the copy and the facts of a relay. Plain data."""
