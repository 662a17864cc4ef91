"""A night, played against a running hub by real clients: `python run.py simulate`.

`plan.py` (guests and their scans) and `audit.py` (do all accounts agree) are pure; the rest are the clients,
who know the hub only by its address. Nothing of the hub imports this room but `run.py`.
"""

from hub.simulation.night import simulate

__all__ = ["simulate"]
