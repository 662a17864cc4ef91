"""Apple's update web service: registrations, changed passes, newest pass.

Source: Apple's "Adding a Web Service to Update Passes".
"""

import re

import msgspec

from hub.clock import Clock
from hub.errors import BadInput, NotAllowed, NotFound, SlowDown
from hub.model.ticket import Ticket
from hub.model.wallet import Registration
from hub.secrets import token_hash
from hub.vault import Vault
from hub.wallet.apple.passes import PassFile, Wallet
from hub.wallet.apple.versions import Mark, Tag, by_event, digest_of, from_text, to_text
from store.collections.tickets import TicketReader
from store.collections.wallet import Passes
from store.collections.wallet_rollout import PassUses
from store.journal.journal import Journal

PUSH_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,200}", re.ASCII)
LONGEST_DEVICE = 200
MOST_PHONES = 32
"""Registrations of one ticket."""


class Changed(msgspec.Struct, frozen=True):
    """Changed passes of a phone, as Apple's JSON, with the update tag for the next request."""

    serials: list[str] = msgspec.field(name="serialNumbers")
    tag: str = msgspec.field(name="lastUpdated")


class WebService:
    """Update web service of a process."""

    def __init__(
        self,
        wallet: Wallet,
        passes: Passes,
        uses: PassUses,
        tickets: TicketReader,
        journal: Journal,
        vault: Vault,
        clock: Clock,
    ) -> None:
        self._wallet = wallet
        self._passes = passes
        self._uses = uses
        self._tickets = tickets
        self._journal = journal
        self._vault = vault
        self._clock = clock

    def issue_of(self, pass_type: str, serial: str, token: str) -> int:
        """Return the issue of the pass that shows `token`. Raises `NotAllowed`, the same for any fault."""
        issue = self._wallet.tokens.issue(serial, token)
        if issue is None or pass_type != self._wallet.credentials.pass_type:
            raise NotAllowed("unauthorized", "This is not the token of that pass", status=401)
        return issue

    async def register(self, device: str, serial: str, issue: int, push_token: object) -> bool:
        """Register a phone for updates of a pass; return whether it is new. Raises `BadInput`, `SlowDown`."""
        if not isinstance(push_token, str) or not PUSH_TOKEN.fullmatch(push_token):
            raise BadInput("The registration cannot be used", {"pushToken": "must be Apple's push token"})
        if len(device) > LONGEST_DEVICE:
            raise BadInput("The registration cannot be used", {"device": f"{LONGEST_DEVICE} characters at most"})
        ticket = await self._ticket(serial)
        await self._check_room(device, serial)
        registration = Registration(
            id=Registration.name(device, serial),
            device=device,
            ticket=serial,
            event=ticket.event,
            issue=issue,
            push_token=self._vault.seal(push_token.encode()),
            push_hash=token_hash(push_token),
            created_at=self._clock.now(),
        )
        is_new = await self._passes.register(registration)
        await self._uses.add(ticket.event, serial, registration.created_at)
        return is_new

    async def unregister(self, device: str, serial: str) -> None:
        """Delete a phone's registration for a pass."""
        await self._passes.unregister(device, serial)

    async def changed(self, device: str, pass_type: str, since: str) -> Changed | None:
        """Return the phone's passes that changed after the tag `since` (all, where it has none), None for none."""
        registrations = await self._passes.of_device(device)
        if pass_type != self._wallet.credentials.pass_type:
            return None
        events = by_event(registrations)
        # First the journals' positions, then their entries: a change in between is reported twice, not missed.
        positions = await self._journal.positions(list(events)) if events else {}
        known, tag = from_text(since), Tag()
        changed: set[str] = set()
        for event, (epoch, seq) in positions.items():
            tag[event] = Mark(epoch, seq, digest_of(events[event]))
            changed |= await self._since(event, {each.ticket for each in events[event]}, known.get(event), tag[event])
        return Changed(sorted(changed), to_text(tag)) if changed else None

    async def pass_of(self, serial: str, issue: int) -> PassFile:
        """Return the newest version of a pass of that issue."""
        return await self._wallet.pass_of(await self._ticket(serial), issue)

    async def _since(self, event: str, tickets: set[str], known: Mark | None, now: Mark) -> set[str]:
        if known is None or (known.epoch, known.passes) != (now.epoch, now.passes):
            return tickets
        return await self._passes.changed_since(event, tickets, known.seq) if known.seq < now.seq else set()

    async def _ticket(self, serial: str) -> Ticket:
        ticket = await self._tickets.find(serial)
        if ticket is None:
            raise NotFound("Pass not found")
        return ticket

    async def _check_room(self, device: str, serial: str) -> None:
        others = [each for each in await self._passes.of_ticket(serial) if each.device != device]
        if len(others) >= MOST_PHONES:
            raise SlowDown("Too many phones follow this ticket", after_s=3600)
