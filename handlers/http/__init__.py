"""HTTP base of all handlers: base class, access, paging, idempotency, limits, timeouts."""
