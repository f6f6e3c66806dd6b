"""Addresses of pages of this desk that take along how it is looked at now."""

from dataclasses import dataclass

from desk import markup


@dataclass(frozen=True)
class Address:
    """What every address here begins with, and what it keeps: day, language, build."""

    root: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    def of(self, page: str, **parameters: str) -> str:
        """Return the address of a page."""
        return self.root + markup.inner_address(page, dict(self.kept) | parameters)

    def link(self, title: str, page: str, **parameters: str) -> str:
        """Return a link to a page, in Markdown."""
        return f"[{markup.plain(title)}]({self.of(page, **parameters)})"
