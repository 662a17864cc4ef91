"""Transactional outbox: at-least-once delivery of journal entries to other systems (webhooks, push, mail, wallets).

The journal is the outbox table: an entry commits in one transaction with its change. Per `Consumer` (`consumer.py`) a
`Router` turns entries after a durable cursor into messages (`router.py`), and a `Sender` delivers them partition by
partition: in order, retried with exponential back-off and jitter (`backoff.py`), dead-lettered at the end
(`sender.py`). One process at a time works for a consumer, under a leader lease (`worker.py`).
May import `store` and the hub's plain data; never the handlers or an integration. See docs/architecture.md.
"""
