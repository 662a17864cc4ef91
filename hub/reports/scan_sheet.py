"""Scan sheet: an event's scans as rows of CSV, with the names of doors and devices and the event's clock."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from hub.formats.csv_cells import to_cell
from hub.model.event import Event, door_of
from hub.model.report import Who
from hub.reports.scans import ScanView
from hub.reports.ticket_sheet import local

COLUMNS = tuple(name for name in ScanView.__struct_fields__ if name != "request_id")
"""Fields of a scan that a sheet for people shows."""
HEAD = (*COLUMNS, "at_local", "device_name", "door_name")


class ScanSheet:
    """Rows of one event's scans."""

    def __init__(self, event: Event) -> None:
        self._event = event
        self._zone = ZoneInfo(event.timezone)

    def row(self, scan: ScanView, who: Mapping[str, Who]) -> list[str]:
        """Cells of a scan; `who` has the devices, logins and keys by id. Of one that is gone the id alone is left."""
        door = door_of(self._event, scan.door)
        known = who.get(scan.device or "")
        told = (local(scan.at, self._zone), known.name if known else None, door.name if door else None)
        return [to_cell(each) for each in (*(getattr(scan, name) for name in COLUMNS), *told)]
