"""Routes: tables of paths with their handlers and access rules, one for each family; `table.py` joins them."""
