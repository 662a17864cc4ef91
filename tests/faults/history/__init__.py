"""History checker: decides whether one order of single operations explains what doors and buyers were answered.

`record.py` is the history, `models.py` the sequential specification, `linearize.py` the search for an order,
`check.py` the checks of a whole history against its journal, its counts and its live followers. Pure: no hub, no
database, and none of the product's rules, of which it is a second opinion.
"""
