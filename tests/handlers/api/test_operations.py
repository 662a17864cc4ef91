"""Operations API: the hub's metrics, and the last runs of scheduled jobs."""

from datetime import datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from hub.app import Hub
from hub.clock import SettableClock
from hub.database_version import database_version
from hub.model.journal import HUB_STREAM
from hub.model.outbox import Message, MessageState
from hub.process.bootstrap import prepare
from hub.reports.gauges import MOST_EVENTS, nearest_events
from hub.version import VERSION
from tests.api import Answer, Api
from tests.builders import an_event
from tests.hub.telemetry.samples import Samples, samples
from tests.jobs.second_hub import Worker


def numbers(answer: Answer) -> Samples:
    return samples(answer.raw)


@pytest.mark.gen_test
async def test_metrics_count_scans_by_verdict_and_requests_by_route(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    (ticket,) = await api.book(event)
    for _ in range(3):
        await gate.scan(ticket["code"])
    told = await api.admin.get("/metrics")
    assert told.headers["Content-Type"].startswith("text/plain")
    counted = numbers(told)
    assert counted["scanhub_scans_total", (("code", "admitted"),)] == 1
    assert counted["scanhub_scans_total", (("code", "already_scanned"),)] == 2
    scans = (("route", "/scan/ticket"), ("status", "200"))
    assert counted["scanhub_request_seconds_count", scans] == 3


@pytest.mark.gen_test
async def test_metrics_have_the_people_inside_and_the_messages_that_wait(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    tickets = await api.book(event, 3)
    for ticket in tickets[:2]:
        await gate.scan(ticket["code"])
    counted = numbers(await api.admin.get("/metrics"))
    of_event = (("event", event["uuid"]),)
    assert counted["scanhub_event_booked", of_event] == 3
    assert counted["scanhub_event_admitted", of_event] == counted["scanhub_event_people_inside", of_event] == 2
    assert counted["scanhub_outbox_messages", (("state", "waiting"),)] == 0


@pytest.mark.gen_test
async def test_metrics_have_the_age_of_the_oldest_message_that_waits(api: Api, hub: Hub, clock: SettableClock) -> None:
    assert numbers(await api.admin.get("/metrics"))["scanhub_outbox_oldest_waiting_seconds", ()] == 0
    states: list[tuple[int, MessageState]] = [(60, "waiting"), (90, "waiting"), (500, "set_aside")]
    written = [
        Message(
            id=f"m{age}",
            consumer="another version's",
            target="t",
            partition="p",
            stream=HUB_STREAM,
            seq=age,
            kind="job.ran",
            version=1,
            written_at=clock.now() - timedelta(seconds=age),
            state=state,
        )
        for age, state in states
    ]
    await hub.store.messages.write(written)
    counted = numbers(await api.admin.get("/metrics"))
    assert counted["scanhub_outbox_oldest_waiting_seconds", ()] == 90
    assert counted["scanhub_outbox_messages", (("state", "waiting"),)] == 2


@pytest.mark.gen_test
async def test_metrics_count_commits_and_this_process(api: Api) -> None:
    before = numbers(await api.admin.get("/metrics"))
    await api.make_event()
    counted = numbers(await api.admin.get("/metrics"))
    commits = "scanhub_journal_commits_total", (("result", "committed"),)
    assert counted[commits] > before[commits]
    assert counted["process_cpu_seconds_total", ()] > 0
    assert counted["scanhub_build_info", (("version", VERSION),)] == 1


def test_events_of_metrics_are_the_nearest_and_no_more_than_there_is_room_for(clock: SettableClock) -> None:
    now = clock.now()
    years = [an_event(str(n), starts_at=now + timedelta(days=n)) for n in range(300)]
    past = an_event("long ago, without an end", starts_at=now - timedelta(days=3650))
    undated = an_event("undated", starts_at=None)
    found = nearest_events([past, *reversed(years), undated], now)
    assert len(found) == MOST_EVENTS
    assert {event.id for event in found} == {"undated", *(str(n) for n in range(MOST_EVENTS - 1))}


@pytest.mark.gen_test
async def test_key_of_a_prometheus_reads_metrics_and_nothing_else(api: Api) -> None:
    made = await api.admin.post("/api/keys", {"name": "Prometheus", "scopes": ["metrics:read"]})
    prometheus = api.with_key(made.body["key"])
    assert (await prometheus.get("/metrics")).status == 200
    for path in ("/api/jobs", "/api/tickets", "/api/keys", "/api/outbox", "/api/database"):
        assert (await prometheus.get(path)).status == 403


@pytest.mark.gen_test
async def test_metrics_and_jobs_are_for_administrators_only(api: Api) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    for path in ("/metrics", "/api/jobs"):
        assert (await api.get(path)).status == 401
        assert (await gate.get(path)).status == 403


@pytest.mark.gen_test
async def test_the_databases_version_and_the_end_of_its_support_are_said(
    api: Api, hub: Hub, clock: SettableClock, caplog: pytest.LogCaptureFixture
) -> None:
    said = (await api.admin.get("/api/database")).body
    version = (await hub.store.database.command("buildInfo"))["version"]
    assert said == msgspec.to_builtins(database_version(version, clock.now().date()))
    caplog.set_level("INFO", "hub.process.bootstrap")
    await prepare(hub.settings)
    assert version in caplog.text


@pytest.mark.gen_test
async def test_checks_that_the_hub_makes_of_itself_are_for_administrators_and_hold_no_secret(
    api: Api, hub: Hub, clock: SettableClock
) -> None:
    event = await api.make_event()
    gate = await api.make_device(event)
    assert [(await each.get("/api/checks")).status for each in (api, gate)] == [401, 403]
    answer = await api.admin.get("/api/checks")
    levels = {each["name"]: each["level"] for each in answer.body["checks"]}
    assert levels.keys() == {
        *("clock", "disk", "open files", "secrets", "hub secret", "mail", "wallet passes"),
        *("database version", "replica set", "indexes", "database clock"),
    }
    assert (levels["database clock"], levels["mail"]) == ("ok", "warn")
    assert answer.body["checked_at"] == msgspec.to_builtins(clock.now())
    assert hub.settings.mongodb_uri and hub.settings.secret
    for secret in (hub.settings.mongodb_uri, hub.settings.secret):
        assert secret not in answer.raw.decode()


@pytest.mark.gen_test
async def test_a_proxy_that_is_not_trusted_is_warned_of_once(
    api: Api, hub: Hub, caplog: pytest.LogCaptureFixture
) -> None:
    assert (await api.admin.get("/api/server")).body["unnamed_proxy"] is None
    hub.settings = replace(hub.settings, trusted_proxies=("127.0.0.1",))
    await api.get("/healthz", X_Forwarded_For="192.0.2.7")
    assert hub.unnamed_proxy.address is None
    hub.settings = replace(hub.settings, trusted_proxies=("192.0.2.1",))
    for _ in range(3):
        await api.get("/healthz", X_Forwarded_For="192.0.2.7")
    assert (await api.admin.get("/api/server")).body["unnamed_proxy"] == "127.0.0.1"
    assert caplog.text.count("HUB_TRUSTED_PROXIES") == 1


@pytest.mark.parametrize(
    ("contact", "shown"),
    [("holes@example.org", "mailto:holes@example.org"), ("https://example.org/holes", "https://example.org/holes")],
)
@pytest.mark.gen_test
async def test_reports_of_security_holes_have_a_contact_where_one_is_set(
    api: Api, hub: Hub, clock: SettableClock, contact: str, shown: str
) -> None:
    assert (await api.get("/.well-known/security.txt")).status == 404
    hub.settings = replace(hub.settings, security_contact=contact, language="fr")
    said = await api.get("/.well-known/security.txt")
    assert (said.status, said.headers["Content-Type"]) == (200, "text/plain; charset=utf-8")
    fields = dict(line.split(": ", 1) for line in said.raw.decode().splitlines())
    assert fields == {
        "Contact": shown,
        "Expires": fields["Expires"],
        "Preferred-Languages": "fr, en",
        "Canonical": f"{hub.settings.base_url}/.well-known/security.txt",
    }
    assert clock.now() < datetime.fromisoformat(fields["Expires"]) < clock.now() + timedelta(days=365)


@pytest.mark.gen_test
async def test_a_jobs_runs_are_remembered_and_counted(api: Api, hub: Hub, clock: SettableClock) -> None:
    event = await api.make_event()
    await api.book(event, 3)
    worker = Worker(hub)
    assert await worker.run("expire") == 0
    clock.advance(timedelta(hours=12))
    assert await worker.run("expire") == 3
    (job,) = (await api.admin.get("/api/jobs")).body
    assert (job["name"], job["crontab"]) == ("expire", "*/5 * * * *")
    newest, oldest = job["runs"]
    assert (newest["result"], newest["changed"], newest["process"]) == ("done", 3, hub.process)
    assert (oldest["result"], "changed" in oldest) == ("done", False), "nothing changed: zero is left out"
    assert newest["started_at"] > oldest["started_at"]
    counted = numbers(await api.admin.get("/metrics"))
    assert counted["scanhub_job_runs_total", (("job", "expire"), ("result", "done"))] == 2
    assert counted["scanhub_job_changes_total", (("job", "expire"),)] == 3
    assert counted["scanhub_job_last_success_timestamp_seconds", (("job", "expire"),)] == clock.now().timestamp()


@pytest.mark.gen_test
async def test_only_the_last_twenty_runs_are_kept(api: Api, hub: Hub, clock: SettableClock) -> None:
    worker = Worker(hub)
    for _ in range(22):
        clock.advance(timedelta(minutes=5))
        await worker.run("expire")
    (job,) = (await api.admin.get("/api/jobs")).body
    assert len(job["runs"]) == 20
