"""Line of a relay: its state, and since when."""

from datetime import UTC, datetime, timedelta

from hub.relay.line import Line

BEGAN = datetime(2026, 12, 24, 20, 0, tzinfo=UTC)


def test_a_line_says_since_when_it_is_in_its_state() -> None:
    at = [BEGAN]
    line = Line(lambda: 0.0, lambda: at[0])
    assert (line.state, line.since) == ("alone", BEGAN)
    steps = [
        (line.exchanged, "catching_up"),
        (lambda: line.counted(0, line.decided), "connected"),
        (line.forward_failed, "degraded"),
        (line.forwarded, "connected"),
        (line.failed, "alone"),
    ]
    for minute, (step, state) in enumerate(steps, 1):
        at[0] = BEGAN + timedelta(minutes=minute)
        step()
        at[0] += timedelta(seconds=30)
        line.failed() if state == "alone" else None  # again, in the same state
        assert (line.state, line.since) == (state, BEGAN + timedelta(minutes=minute))
    line.ended = "relay_lost"
    assert (line.state, line.since) == ("ended", at[0])
