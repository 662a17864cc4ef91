"""Joining of a relay: the role taken, and the event copied down, or gone on with where a copy is whole."""

from datetime import datetime, timedelta

import structlog
from msgspec.structs import replace

from hub.clock import Clock
from hub.model.event import Event
from hub.model.journal import Stream
from hub.model.relay.documents import RelayCopy
from hub.relay.client import LineDown, UpstreamClient, UpstreamRefusal
from hub.relay.merge import Numbers, counts_of, merged
from hub.relay.wire import JoinAnswer, RelayForm
from store.relay.copies import RelayCopies

log = structlog.get_logger(__name__)

VOID_AFTER = timedelta(days=1)
"""How long after its event a relay keeps its copy."""
OVER = "The event is over for more than a day: a relay keeps no copy of it"


def is_void(event: Event, now: datetime) -> bool:
    """Return whether a relay's copy of an event is void."""
    return event.ends_at is not None and now - event.ends_at > VOID_AFTER


class Joining:
    """Joining of one relay."""

    def __init__(self, copies: RelayCopies, client: UpstreamClient, clock: Clock, *, form: RelayForm) -> None:
        self._copies = copies
        self._client = client
        self._clock = clock
        self._form = form

    async def run(self, epoch: str) -> RelayCopy:
        """Return the copy to serve by. Raises `UpstreamRefusal`, and `LineDown` where there is no copy yet.

        `epoch` names the numbering of a journal that begins.
        """
        kept = await self._copies.find()
        try:
            joined = await self._client.join(self._form)
        except LineDown:
            if kept is None:
                raise
            log.warning("the hub does not answer: the relay goes on with its copy, on its own")
            return kept
        if kept is not None and kept.id == joined.event.id:
            return kept
        if is_void(joined.event, self._clock.now()):
            raise UpstreamRefusal("event_over", OVER, 409)
        return await self._copy_down(joined, epoch)

    async def _copy_down(self, joined: JoinAnswer, epoch: str) -> RelayCopy:
        await self._copies.empty()
        stream = joined.stream
        await self._copies.write([joined.event])
        await self._copies.write(joined.showings)
        await self._copies.write(joined.devices)
        tickets = await self._copy_tickets(Numbers(began=stream.seq, reached=stream.seq))
        await self._copy_journal(stream)
        copy = RelayCopy(
            id=joined.event.id,
            instance=self._form.instance,
            upstream_epoch=stream.epoch,
            upstream_seq=stream.seq,
            upstream_revision=stream.revision,
            began_seq=stream.seq,
            base=counts_of(stream),
        )
        await self._copies.complete(replace(stream, epoch=epoch), copy)
        log.info("the event is copied", event_name=joined.event.name, tickets=tickets, entries=stream.seq)
        return copy

    async def _copy_tickets(self, numbers: Numbers) -> int:
        after, count, is_last = "", 0, False
        while not is_last:
            page = await self._client.tickets(after)
            await self._copies.write([merged(ticket, None, numbers) for ticket in page.tickets])
            count, is_last = count + len(page.tickets), page.is_last
            after = page.tickets[-1].id if page.tickets else after
        return count

    async def _copy_journal(self, stream: Stream) -> None:
        after, is_last = stream.first - 1, False
        while not is_last:
            page = await self._client.entries(after, stream.seq)
            await self._copies.write_entries(page.entries)
            after, is_last = (page.entries[-1].seq if page.entries else after), page.is_last
