"""Authentication tokens of passes towards the web service: derived by HMAC, stored nowhere.

Each issue of a ticket has its own. Wallet never replaces the token of a pass that it updates (Apple: any field can be
updated but serial number and token), so a pass shows for ever of which issue it is: one of an earlier issue learns that
it is void, and never the code of the ticket that replaced it.
"""

import base64
import hmac
import re

from hub.vault import TokenPurpose, Vault

FORM = re.compile(r"([1-9][0-9]{0,8})\.([A-Za-z0-9_-]{24})", re.ASCII)


class PassTokens:
    """Token issuer and verifier, under a key derived from the hub's secret."""

    def __init__(self, vault: Vault) -> None:
        self._key = vault.token_key(TokenPurpose.PASS)

    def make(self, ticket_id: str, issue: int) -> str:
        """Return the token of the passes of one issue of a ticket, 26 characters or more (Apple wants 16)."""
        return _token(issue, self._key.sign(_about(ticket_id, issue)))

    def issue(self, ticket_id: str, token: str) -> int | None:
        """Return the issue that `token` is of, or None where it is no token of this ticket."""
        form = FORM.fullmatch(token)
        if form is None:
            return None
        issue = int(form[1])
        good = (_token(issue, each) for each in self._key.signatures(_about(ticket_id, issue)))
        return issue if any(hmac.compare_digest(each, token) for each in good) else None


def _about(ticket_id: str, issue: int) -> bytes:
    return f"{ticket_id}:{issue}".encode()


def _token(issue: int, signature: bytes) -> str:
    return f"{issue}.{base64.urlsafe_b64encode(signature[:18]).decode()}"
