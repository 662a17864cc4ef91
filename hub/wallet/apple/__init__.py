"""Apple Wallet: pass files (`pass_json.py`, `package.py`), their certificates, bundles, and the checker of passes.

`web_service.py` is Apple's update web service, `pushes.py` the outbox consumer of push notifications (APNs). Source:
Apple's developer documentation "Wallet Passes". May import the outbox and `store`; never Google's side.
"""
