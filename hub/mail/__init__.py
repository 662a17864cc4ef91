"""Mail to guests: what is written (`message.py`), how it leaves (`post.py`), and when (`consumer.py`).

May import what `hub` may. Needs a mail server in the settings; without one the hub sends none.
"""
