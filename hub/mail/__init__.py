"""Mail to guests with their tickets, over SMTP; none is sent without a mail server in the settings.

`consumer.py` is the outbox consumer, `letter.py` the message (MIME), `post.py` the SMTP client, `recipients.py` the
rate limiter for each address. May import the outbox, tickets and `store`; never webhooks, wallet or live.
"""
