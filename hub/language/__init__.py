"""Languages: the catalogues of messages, the choice of a reader's language, and pseudo-languages to look at pages in.

`catalogue.py` says a message in a language, `negotiation.py` reads `Accept-Language`, `problems.py` puts errors into a
language, `pseudo.py` makes languages that show what does not fit. The catalogues lie in `web/locales`, for pages too
(docs/translating.md). Imports no other part of the hub but its errors.
"""
