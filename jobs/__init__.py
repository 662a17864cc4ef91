"""Scheduled jobs: expiry, deletion, exits at a time of day, housekeeping; by aiocron.

May import `hub`; never `handlers`.
"""
