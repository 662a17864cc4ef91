"""The encoder of a manifest's tickets: one JSON array, whatever the chunks that the database yields."""

from collections.abc import AsyncIterator, Sequence

import msgspec
import pytest

from hub.door.manifest_answer import manifest_head
from hub.door.manifest_cache import pack, unpack
from hub.door.manifest_tickets import TicketEncoder
from hub.model.journal import Stream
from hub.model.ticket import Ticket
from tests.builders import a_ticket, an_event

T1, T2 = a_ticket("t1"), a_ticket("t2")


async def chunked(chunks: Sequence[list[Ticket]]) -> AsyncIterator[list[Ticket]]:
    for chunk in chunks:
        yield chunk


@pytest.mark.parametrize("chunks", [[], [[]], [[T1, T2]], [[T1], [T2]], [[], [T1], [], [T2], []]])
@pytest.mark.gen_test
async def test_tickets_are_one_array_though_none_of_a_chunk_can_be_read(chunks: list[list[Ticket]]) -> None:
    encoder = TicketEncoder(an_event(), b"salt", with_names=False)
    encoded = [pair async for chunk in encoder.encode(chunked(chunks)) for pair in chunk.items()]
    assert [ticket for ticket, _ in encoded] == [ticket.id for chunk in chunks for ticket in chunk]
    packed = pack(manifest_head(an_event(), Stream(id="e1", epoch="k1"), b"salt"), [view for _, view in encoded])
    listed = msgspec.json.decode(unpack(packed))["tickets"]
    assert [ticket["uuid"] for ticket in listed] == [ticket for ticket, _ in encoded]
