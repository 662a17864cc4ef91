"""Alerts: their rules, the commands that journal them, and the monitor that checks all events that are on."""
