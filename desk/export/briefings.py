"""The formats in which a briefing leaves the house."""

from collections.abc import Callable
from pathlib import Path

from desk.briefing import Briefing
from desk.export import book, bundle, deck, paper
from etl.errors import CannotExport

Step = Callable[[str], None]


FORMATS: dict[str, Callable[[Briefing, Step], bytes]] = {
    "pptx": deck.pptx,
    "pdf": paper.pdf,
    "xlsx": book.xlsx,
    "zip": bundle.archive,
}


def form_of(out: Path) -> str:
    """Return the format that a file name asks for; raise CannotExport for another ending."""
    form = out.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        endings = ", ".join(f".{one}" for one in FORMATS)
        raise CannotExport(f"«{out.name}» has no ending that a briefing can take; use {endings}.")
    return form


def make(briefing: Briefing, form: str, step: Step) -> bytes:
    """Return a briefing in a format; `step` is told each figure that is done."""
    return FORMATS[form](briefing, step)
