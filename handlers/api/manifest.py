"""`GET /scan/manifest/`: what a scanner needs to work offline (scan-api.md)."""

from handlers.api.scan import ScanHandler
from hub.door.manifest import parse_since


class ManifestHandler(ScanHandler):
    """The manifest of the device's event: whole, or what changed since `epoch` and `since`."""

    async def get(self) -> None:
        """Send it piece by piece: a phone with a slow line holds up nobody."""
        have = parse_since(self.get_query_argument("epoch", None), self.get_query_argument("since", None))
        pieces = await self.hub.manifests.make(self.known, have)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        for piece in pieces:
            self.write(piece)
            await self.flush()
