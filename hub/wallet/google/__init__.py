"""Google Wallet: save links (signed JWT), event ticket classes and objects, and the REST client.

`service.py` is also the outbox consumer that keeps saved passes up to date. Source: Google's "Google Wallet API: Event
tickets" and its discovery document `walletobjects.v1`. May import `hub.wallet.apple` for what passes of both share.
"""
