"""Authentication tokens of passes towards the web service: derived by HMAC, stored nowhere.

Each issue of a ticket has its own. Wallet never replaces the token of a pass that it updates (Apple: any field can be
updated but serial number and token), so a pass shows for ever of which issue it is: one of an earlier issue learns that
it is void, and never the code of the ticket that replaced it.
"""

import base64
import hmac
import re

from hub.secrets import Vault

FORM = re.compile(r"([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{24})", re.ASCII)


class PassTokens:
    """Token issuer and verifier, under a key derived from the hub's secret."""

    def __init__(self, vault: Vault) -> None:
        self._key = vault.derive("wallet pass token")

    def make(self, ticket_id: str, issue: int) -> str:
        """Return the token of the passes of one issue of a ticket, 26 characters or more (Apple wants 16)."""
        proof = hmac.digest(self._key, f"{ticket_id}:{issue}".encode(), "sha256")[:18]
        return f"{issue}.{base64.urlsafe_b64encode(proof).decode()}"

    def issue(self, ticket_id: str, token: str) -> int | None:
        """Return the issue that `token` is of, or None where it is no token of this ticket."""
        form = FORM.fullmatch(token)
        if form is None:
            return None
        issue = int(form[1])
        return issue if hmac.compare_digest(self.make(ticket_id, issue), token) else None
