"""How a figure is cited: plain, APA, BibTeX; with as-of day, build and the hash of its content."""

from shlex import quote

from desk import wording
from desk.export import record
from desk.figures import Figure
from desk.texts import text

# what BibTeX reads as a command
BIBTEX_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "%&#_$"})
DIGITS = 16


def plain(figure: Figure) -> str:
    """Return one sentence or two for a footnote."""
    language = figure.options.language
    return text(
        "cite.plain",
        language,
        title=figure.title,
        sources=figure.sources,
        as_of=wording.day(figure.options.as_of, language),
        build=figure.build_id,
        hash=record.fingerprint(figure)[:DIGITS],
    )


def apa(figure: Figure) -> str:
    """Return the entry of a reference list in APA style; APA is English."""
    day = figure.options.as_of
    return (
        f"Amur. ({day:%Y}, {day:%B} {day.day}). {figure.title} [Data set; build {figure.build_id}, "
        f"sha256 {record.fingerprint(figure)[:DIGITS]}]. {figure.sources}"
    )


def bibtex(figure: Figure) -> str:
    """Return a BibTeX entry of its own key."""
    day = figure.options.as_of
    note = f"As of {day}, build {figure.build_id}, sha256 {record.fingerprint(figure)}"
    return "\n".join(
        [
            f"@misc{{amur_{figure.id}_{day:%Y%m%d},",
            "  author = {{Amur}},",
            f"  title = {{{{{_latex(figure.title)}}}}},",
            f"  year = {{{day:%Y}}},",
            f"  month = {{{day:%m}}},",
            f"  howpublished = {{{_latex(figure.sources)}}},",
            f"  note = {{{_latex(note)}}},",
            "}",
        ]
    )


def command(figure: Figure) -> str:
    """Return the command that gives the figure again, word for word."""
    options = figure.options
    asked = "".join(f"--{name} {quote(value)} " for name, value in figure.asked.items())
    return (
        f"amur export {figure.id} {asked}--format json --as-of {options.as_of} "
        f"--build {figure.build_id} --from {options.start} --to {options.end} --kind {figure.kind} "
        f"--lang {options.language} --out {figure.id}.json"
    )


def _latex(words: str) -> str:
    return words.replace("\\", "/").replace("{", "(").replace("}", ")").translate(BIBTEX_SIGNS)
