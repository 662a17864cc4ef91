"""Relays: the role and the pages of an event at the hub; a relay's own copy and facts."""
