"""Passes for the wallets of phones (docs/wallet.md): what stands in them, how they are signed, and how they change.

Pure but for `certificates`, `wallet` and what sends; imports `hub` and `store`.
"""
