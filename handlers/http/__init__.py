"""What all HTTP handlers share: base class, access, paging, idempotency, limits, timeouts."""
