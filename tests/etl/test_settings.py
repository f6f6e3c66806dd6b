"""What the environment says of a source: read once, refused where it is nonsense."""

import pytest

from etl import errors, settings
from etl.exchange import Access

ACCESS = Access(url="https://example.org", key_header="X-Key")


def test_a_short_key_is_masked_as_a_word_and_not_inside_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AMUR_TEST_KEY", "test")
    mask = settings.of("test", ACCESS).mask
    assert mask("the latest: api-key=test&page=1") == "the latest: api-key=***&page=1"


@pytest.mark.parametrize("text", ["soon", "-1", "1e99"])
def test_nonsense_in_the_environment_is_refused(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("AMUR_TIMEOUT_S", text)
    with pytest.raises(errors.UnknownRequest, match="AMUR_TIMEOUT_S"):
        settings.of("test", ACCESS)
