"""Webhooks: journal entries posted to other servers, signed, in order, at least once (docs/webhooks.md).

`webhooks.py` is the service for organisers, `consumer.py` the outbox consumer; `addresses.py` and `wire.py` protect
against server-side request forgery. May import the outbox and `store`; never mail, wallet or live.
"""
