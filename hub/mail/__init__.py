"""Mail to guests with their tickets, over SMTP; none is sent without a mail server in the settings.

`consumer.py` is the outbox consumer of ticket mails, `wave_consumer.py` that of a rollout's letters,
`waiting_consumer.py` that of the waiting list, `letter.py` the messages (MIME), `post.py` the SMTP client,
`recipients.py` the rate limiter for each address. May import the outbox, tickets and `store`; never webhooks, wallet or
live.
"""
