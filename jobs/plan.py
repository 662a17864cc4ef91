"""Plan of the scheduled jobs: which runs when (docs/booking-api.md)."""

from hub.app import Hub
from jobs.exit_all import exit_everybody
from jobs.expiry import delete_tickets, expire_tickets, free_unpaid, retime_tickets
from jobs.housekeeping import end_imports, trim_letters
from jobs.schedule import Job, Schedule, Turn
from jobs.waiting import forget_waiting, settle_offers

EVERY_MINUTE = "* * * * *"
EVERY_TEN_SECONDS = "*/10 * * * * *"
EVERY_NIGHT = "40 5 * * *"


def make_schedule(hub: Hub) -> Schedule:
    """Return the schedule of a serving process."""
    settings = hub.settings
    return Schedule(
        hub,
        [
            Job(name="retime", crontab=EVERY_MINUTE, work=retime_tickets),
            Job(name="expire", crontab=settings.expire_cron, work=expire_tickets),
            Job(name="delete", crontab=settings.delete_cron, work=delete_tickets),
            Job(name="free_unpaid", crontab=EVERY_MINUTE, work=free_unpaid),
            Job(name="settle_offers", crontab=EVERY_TEN_SECONDS, work=settle_offers),
            Job(name="forget_waiting", crontab=settings.delete_cron, work=forget_waiting),
            Job(name="exit_all", crontab=EVERY_MINUTE, work=exit_everybody),
            Job(name="alerts", crontab=settings.alerts_cron, work=watch),
            Job(name="trim_letters", crontab=EVERY_NIGHT, work=trim_letters),
            Job(name="imports", crontab=EVERY_MINUTE, work=end_imports),
        ],
    )


async def watch(turn: Turn) -> None:
    """Check the alerts: raise those that are due, end those that are over; note relays that are on their own."""
    await turn.hub.alert_monitor.check()
    await turn.hub.relays.check()
