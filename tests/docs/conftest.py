"""One hub for all examples of a module, in processes of its own."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.site import Site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, site_database: dict[str, str]) -> Iterator[Site]:
    """A hub that takes as many bookings from one address as there are examples, and always looks for alerts."""
    settings = {"HUB_ANONYMOUS_BOOKINGS_PER_MIN": "1000", "HUB_ALERTS_CRON": "* * * * * *"}
    site = Site(tmp_path_factory.mktemp("site") / "data", **settings, **site_database)
    yield site
    site.close()
