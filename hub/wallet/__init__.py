"""Wallet passes for tickets, of Apple Wallet (`apple/`) and Google Wallet (`google/`); see docs/wallet.md.

`pass_changes.py` is the rule, shared by both, which journal entries change a pass. May import the rules of tickets and
the door, the outbox and `store`; never webhooks, mail or live.
"""
