"""Apple Wallet: pass files, signatures, the update web service, push notifications."""
