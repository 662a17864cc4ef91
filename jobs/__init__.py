"""The clock's work, scheduled with aiocron.

May import `hub`; never `handlers`.
"""
