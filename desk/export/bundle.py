"""A briefing as an archive: deck, document, workbook, every figure, README and citations."""

import hashlib
from collections.abc import Callable

from desk import wording
from desk.briefing import Briefing
from desk.export import book, citation, deck, formats, paper, steady, told
from desk.export.sheet import PRESETS
from desk.export.theme import THEMES
from desk.texts import text

FORMS = ("png", "svg", "csv", "json")


def archive(briefing: Briefing, step: Callable[[str], None]) -> bytes:
    """Return the zip; `step` is told each figure that is drawn."""
    files = {
        "briefing.pptx": deck.pptx(briefing, _quietly),
        "briefing.pdf": paper.pdf(briefing, _quietly),
        "briefing.xlsx": book.xlsx(briefing, _quietly),
    }
    for figure in briefing.figures:
        for form in FORMS:
            made = formats.make(figure, form, PRESETS["slide"], THEMES["light"])
            files[f"figures/{figure.id}.{form}"] = made
        step(figure.id)
    cited = [citation.plain(figure) for figure in briefing.figures]
    files["citations.txt"] = "\n\n".join([*cited, ""]).encode()
    entries = [citation.bibtex(figure) for figure in briefing.figures]
    files["citations.bib"] = "\n\n".join([*entries, ""]).encode()
    files["README.md"] = _readme(briefing, files).encode()
    files["SHA256SUMS"] = _sums(files).encode()
    return steady.archive(files)


def _quietly(name: str) -> None:
    """Let the pictures alone tell how far the archive is."""


def _readme(briefing: Briefing, files: dict[str, bytes]) -> str:
    language = briefing.language
    as_of = wording.day(briefing.as_of, language)
    titles = {figure.id: figure.title for figure in briefing.figures}
    listed = [
        f"- `{name}`"
        + (f": {titles[stem]}" if (stem := name[8:].rsplit(".", 1)[0]) in titles else "")
        for name in sorted(files)
    ]
    return "\n".join(
        [
            f"# {briefing.title}",
            "",
            text("brief.readme", language, as_of=as_of, build=briefing.build_id),
            "",
            f"## {text('brief.readme_again', language)}",
            "",
            f"    {told.command(briefing)}",
            "",
            f"## {text('brief.readme_files', language)}",
            "",
            *listed,
            "",
            f"## {text('brief.readme_cite', language)}",
            "",
            *(f"- {citation.plain(figure)}" for figure in briefing.figures),
            "",
        ]
    )


def _sums(files: dict[str, bytes]) -> str:
    """Return what `sha256sum --check` reads."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    )
