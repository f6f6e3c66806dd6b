"""A local Bank of Russia for tests of live refreshes."""

from collections.abc import Iterator

import pytest

from tests.etl.live import Steady
from tests.server import Local, local
from tests.support import Small


@pytest.fixture
def bank(small_shipped: Small, monkeypatch: pytest.MonkeyPatch) -> Iterator[Local]:
    with local(Steady()) as running:
        for name, value in (("PACE_S", "0"), ("RETRIES", "0"), ("TIMEOUT_S", "2")):
            monkeypatch.setenv(f"AMUR_{name}", value)
        monkeypatch.setenv("AMUR_CBR_URL", running.url)
        yield running
