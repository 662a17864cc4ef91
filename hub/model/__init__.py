"""The domain model as plain data: the documents that `store` keeps and the hub decides on.

With `hub.errors` and `hub.clock` the only part of the hub that `store` may import.
"""
