"""The domain and its services: admission, tickets, events, live server, outbox; `app.py` puts them together.

May import `store` and the standard library; knows no HTTP and nothing of `handlers` or `jobs`.
Start reading at `door/rules.py` (may this ticket in?), `model/command.py` (how a change is decided) and `app.py`.
"""
