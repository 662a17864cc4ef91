"""Status of a relay: how far it is, for its page, its terminal and programs."""

from datetime import datetime

import msgspec

from hub.relay.line import LineState

WORDS: dict[LineState, str] = {
    "connected": "connected: the hub decides",
    "degraded": "connected, slow: what the hub does not answer in time is decided here",
    "alone": "on its own",
    "catching_up": "catching up",
    "ended": "ended",
}


class RefusedFact(msgspec.Struct, frozen=True, kw_only=True):
    """Scan that was decided here and that the hub did not record: when, by which device, its outcome, and why not."""

    at: datetime
    device: str | None
    """The device's name."""
    code: str
    refused: str
    money: str | msgspec.UnsetType = msgspec.UNSET
    """What was taken with it: it is in no till of the hub, and is to be given back."""


class RelayStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Status of a relay. `waiting`: scans to be sent up; `behind`: entries of the hub that are not here yet."""

    name: str
    event: str
    event_name: str
    upstream: str
    state: LineState
    since: datetime
    """When the line came to be in its state."""
    alone_since: datetime | None
    last_exchange: datetime | None
    waiting: int
    behind: int
    clock_ahead_s: float
    inside: int
    admitted: int
    booked: int
    ended: str | None
    refused: int
    """Scans that the hub did not record."""
    refusals: list[RefusedFact]
    """The newest of them."""

    @property
    def line(self) -> str:
        """The status in one line, for the terminal."""
        since = f" since {self.alone_since:%H:%M} UTC" if self.state == "alone" and self.alone_since else ""
        heard = "never" if self.last_exchange is None else f"{self.last_exchange:%H:%M:%S} UTC"
        return (
            f"{self.name}: {WORDS[self.state]}{since}; {self.admitted} of {self.booked} admitted, {self.inside} inside;"
            f" {self.waiting} scans to send up, {self.behind} entries behind; last exchange {heard};"
            f" clock {self.clock_ahead_s:+.1f} s"
            + (f"; {self.refused} scans refused by the hub" if self.refused else "")
        )
