"""One hub for all examples, whose webhooks may be posted to this machine."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("site") / "data", HUB_WEBHOOKS_TO_PRIVATE="true", **site_database)
    yield site
    site.close()
