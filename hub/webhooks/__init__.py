"""Webhooks: other people's servers, told of what happens (booking-api.md, webhooks), through the outbox.

`webhooks.py` is what organisers do with them, `consumer.py` what the outbox does; `addresses.py` and `wire.py` keep a
webhook's address from reaching into the house.
"""
