"""Tickets: booking, seats, changes after booking, expiry, status and history."""
