"""The words of a first visit: what this is, how sure it is, where to go from here."""

from collections.abc import Mapping

from desk import verdicts
from desk.texts import text

PARTS = ("what", "sure", "go")
# the pages that they name
PAGES = ("trade", "energy", "articles", "briefing", "status")


def parts(language: str, links: Mapping[str, str]) -> list[str]:
    """Return each part in Markdown, its title on a line of its own; `links` leads to each page."""
    signs = {name: look.sign for name, look in verdicts.LOOKS.items()}
    return [
        f"**{text(f'welcome.{part}_title', language)}**  \n"
        + text(f"welcome.{part}", language, **links, **signs)
        for part in PARTS
    ]
