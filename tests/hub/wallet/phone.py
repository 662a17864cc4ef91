"""iPhone for tests, as the hub sees it: adds passes, registers for them, and fetches them when it is pushed."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.api import Answer, Api
from tests.hub.wallet.pass_file import files_of


@dataclass
class Pass:
    """A pass on the phone."""

    body: bytes
    last_modified: str

    @property
    def said(self) -> Any:
        return json.loads(files_of(self.body)["pass.json"])


@dataclass
class Phone:
    """One phone; `api` is how it reaches the hub, whatever address stands in its passes."""

    api: Api
    device: str = "a1b2c3d4e5f60718293a4b5c6d7e8f90"
    push_token: str = "aa00bb11cc22dd33ee44ff5566778899"
    passes: dict[str, Pass] = field(default_factory=dict)
    tag: str = ""

    async def add(self, ticket: Any) -> Answer:
        """Download a ticket's pass by its link, add it, and register."""
        path = f"/tickets/{ticket['id']}/pkpass?format=pkpass&token={ticket['access_token']}"
        got = await self.api.get(path)
        assert got.status == 200, got.raw
        added = Pass(got.raw, got.headers["Last-Modified"])
        assert added.said["webServiceURL"].startswith("https://")
        self.passes[added.said["serialNumber"]] = added
        return await self.register(added.said["serialNumber"])

    async def register(self, serial: str) -> Answer:
        return await self.api.post(self.of(serial), {"pushToken": self.push_token}, **self.shows(serial))

    async def remove(self, serial: str) -> Answer:
        """Take the pass out of the wallet."""
        answer = await self.api.request("DELETE", self.of(serial), **self.shows(serial))
        del self.passes[serial]
        return answer

    async def ask(self) -> list[str]:
        """Ask which passes changed since it last asked."""
        since = f"?passesUpdatedSince={self.tag}" if self.tag else ""
        answer = await self.api.get(f"/v1/devices/{self.device}/registrations/{self.pass_type}{since}")
        if answer.status == 204:
            return []
        assert answer.status == 200, answer.raw
        self.tag = answer.body["lastUpdated"]
        return list(answer.body["serialNumbers"])

    async def fetch(self, serial: str) -> int:
        """Fetch a pass unless the phone has the newest; return the status."""
        known = {"If_Modified_Since": self.passes[serial].last_modified}
        got = await self.api.get(f"/v1/passes/{self.pass_type}/{serial}", **known, **self.shows(serial))
        if got.status == 200:
            self.passes[serial] = Pass(got.raw, got.headers["Last-Modified"])
        return got.status

    async def wake(self) -> list[str]:
        """Do what a push makes a phone do; return the passes that it has anew."""
        return [serial for serial in await self.ask() if await self.fetch(serial) == 200]

    def strip(self, ticket: Any) -> bytes:
        """Return the picture on the front of a ticket's pass."""
        return files_of(self.passes[ticket["id"]].body)["strip@2x.png"]

    @property
    def pass_type(self) -> str:
        first = next(iter(self.passes.values()))
        return str(first.said["passTypeIdentifier"])

    def of(self, serial: str) -> str:
        return f"/v1/devices/{self.device}/registrations/{self.pass_type}/{serial}"

    def shows(self, serial: str) -> dict[str, str]:
        return {"Authorization": f"ApplePass {self.passes[serial].said['authenticationToken']}"}
