"""Tickets: booking, seats, changes after booking, expiry, the waiting list, status and history."""
