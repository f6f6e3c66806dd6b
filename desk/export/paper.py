"""A briefing as a document: typeset by typst, searchable, its charts drawn in vectors."""

from collections.abc import Callable

from desk.briefing import Briefing
from desk.export import captions, narrative, picture, told, typeset
from desk.export.sheet import Sheet
from desk.export.theme import THEMES
from desk.export.told import Card, Table
from desk.export.typeset import quoted
from desk.figures import Figure
from desk.texts import text

# two figures a page
CHART = Sheet(720, 315, 13, bare=True)
LIGHT = THEMES["light"]
HEAD = """#set document(title: {title}, author: "Amur", date: auto)
#set page(
  paper: "a4",
  margin: (x: 18mm, top: 20mm, bottom: 20mm),
  footer: context {{
    set text(size: 7.5pt, fill: rgb("{quiet}"))
    grid(columns: (1fr, auto), {stamp}, {page})
  }},
)
#set text(font: ("Noto Sans", "Noto Sans SC"), size: 9.5pt, lang: "{language}", fill: rgb("{ink}"))
#set par(leading: 0.6em)
#set heading(numbering: none)
#show heading.where(level: 1): set text(size: 14pt)
#show heading.where(level: 2): set text(size: 12.5pt)
#let quiet(body) = text(size: 8pt, fill: rgb("{quiet}"), body)
#let card(name, value, period, growth, newest, source) = block(
  fill: rgb("{panel}"), inset: 7pt, width: 100%, height: 100%, breakable: false,
)[
  #text(size: 8pt, weight: "bold", name) \\
  #text(size: 12pt, weight: "bold", value) \\
  #text(size: 7.5pt)[#period #growth]
  #if newest != "" [ \\ #text(size: 7.5pt, newest)] \\
  #text(size: 6.5pt, fill: rgb("{quiet}"), source)
]
"""
# the page shows what a reader of a printed sheet must turn to, never more
CELL = "text(size: 7.5pt, {words})"


def pdf(briefing: Briefing, step: Callable[[str], None]) -> bytes:
    """Return the document; `step` is told each figure that is drawn."""
    files: dict[str, bytes] = {}
    parts = [_head(briefing), _opening(briefing)]
    for number, figure in enumerate(briefing.figures):
        name = f"figure{number}.svg"
        files[name] = picture.svg(figure, CHART, LIGHT)
        parts.append(_figure(figure, name))
        step(figure.id)
    parts += [_table(told.ledger(briefing)), _table(told.claims(briefing)), _closing(briefing)]
    return typeset.pdf("\n".join(parts), files, briefing.as_of)


def _head(briefing: Briefing) -> str:
    numbers = 'counter(page).display("1 / 1", both: true)'
    return HEAD.format(
        title=quoted(briefing.title),
        stamp=quoted(told.opening(briefing)),
        page=numbers,
        language=briefing.language,
        ink=LIGHT.ink,
        quiet=LIGHT.quiet,
        panel=LIGHT.panel,
    )


def _opening(briefing: Briefing) -> str:
    language = briefing.language
    cards = ", ".join(_card(card) for card in told.cards(briefing))
    title, lines = told.changes(briefing)
    return "\n".join(
        [
            f"= #{quoted(briefing.title)}",
            f"#quiet({quoted(told.opening(briefing))})",
            "#v(4pt)",
            f"== #{quoted(text('brief.five', language))}",
            f"#grid(columns: (1fr,) * 3, rows: 82pt, gutter: 6pt, {cards})",
            f"== #{quoted(title)}",
            *(f"- #{quoted(line)}" for line in lines),
            f"== #{quoted(text('brief.contents', language))}",
            "#outline(title: none, depth: 1)",
        ]
    )


def _card(card: Card) -> str:
    parts = (card.name, card.value, card.period, card.growth, card.newest, card.source)
    return f"card({', '.join(quoted(part) for part in parts)})"


def _figure(figure: Figure, name: str) -> str:
    """One figure a half page: heading, sentences, chart, and the captions that travel with it."""
    sentences = " ".join(narrative.sentences(figure))
    under = [figure.sources, " ".join(captions.notes(figure)), captions.stamp(figure)]
    return "\n".join(
        [
            "#block(breakable: false, width: 100%)[",
            "#v(6pt)",
            f"= #{quoted(figure.title)}",
            f"#quiet({quoted(figure.subtitle)})",
            "",
            f"#{quoted(sentences)}",
            "",
            f'#image("{name}", width: 100%, alt: {quoted(figure.alt)})',
            *(f"#quiet({quoted(line)}) \\" for line in under if line),
            "]",
        ]
    )


def _table(table: Table) -> str:
    parts = ["#pagebreak(weak: true)", f"= #{quoted(table.title)}"]
    if table.lead:
        parts += [f"#{quoted(table.lead)}", ""]
    if table.rows:
        heads = ", ".join(f'text(size: 7.5pt, weight: "bold", {quoted(c)})' for c in table.columns)
        cells = ", ".join(CELL.format(words=quoted(cell)) for row in table.rows for cell in row)
        widths = {6: "(auto, 2.4fr, 1fr, 1fr, 1fr, 1.2fr)", 3: "(1.4fr, 1fr, 1.4fr)"}
        parts.append(
            f'#table(columns: {widths[len(table.columns)]}, stroke: 0.4pt + rgb("{LIGHT.grid}"), '
            f"inset: 4pt, table.header({heads}), {cells})"
        )
    if table.left_out:
        parts.append(f"#quiet({quoted(table.left_out)})")
    return "\n".join(parts)


def _closing(briefing: Briefing) -> str:
    language = briefing.language
    return "\n".join(
        [
            "#pagebreak(weak: true)",
            f"= #{quoted(text('brief.sources', language))}",
            *(f"- #text(size: 8pt, {quoted(line)})" for line in told.sources(briefing)),
            f"= #{quoted(text('brief.glossary', language))}",
            *(
                f"- #text(size: 8pt)[#strong({quoted(term)}): #{quoted(meaning)}]"
                for term, meaning in told.terms(briefing)
            ),
        ]
    )
