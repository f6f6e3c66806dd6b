"""`make sheet`: every figure in every size and language on sheets for a person to look at."""

import io
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image

from desk import figure_list, figures
from desk.export import picture
from desk.export.sheet import PRESETS
from desk.export.theme import THEMES
from desk.figures import Figure
from desk.lines import Options
from etl import warehouse
from etl.entries import LANGUAGES

ACROSS, TILE, GAP = 4, 900, 12


def tile(figure: Figure, size: str, theme: str) -> Image.Image:
    """Draw one figure and shrink it to the width of a tile."""
    drawn = Image.open(io.BytesIO(picture.png(figure, PRESETS[size], THEMES[theme])))
    return drawn.resize((TILE, round(drawn.height * TILE / drawn.width)), Image.Resampling.LANCZOS)


def paste(tiles: list[Image.Image]) -> Image.Image:
    """Lay tiles out in rows."""
    height = max(tile.height for tile in tiles)
    rows = -(-len(tiles) // ACROSS)
    whole = Image.new("RGB", (ACROSS * (TILE + GAP), rows * (height + GAP)), "#8a8f98")
    for place, one in enumerate(tiles):
        whole.paste(one, (place % ACROSS * (TILE + GAP), place // ACROSS * (height + GAP)))
    return whole


def main(folder: Path, names: list[str], theme: str = "light") -> None:
    """Write a sheet of a dozen figures for every size and language into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    build = warehouse.current()
    day = datetime.now(UTC).date()
    wanted = names or list(figure_list.load())
    for language in LANGUAGES:
        options = Options(day, date(2015, 1, 1), date(day.year, 12, 31), language)
        with warehouse.connect(build) as con:
            made = [figures.figure(con, figure_list.find(n), options, build.id) for n in wanted]
        for size in PRESETS:
            for start in range(0, len(made), 12):
                tiles = [tile(figure, size, theme) for figure in made[start : start + 12]]
                target = folder / f"{size}-{language}-{start // 12 + 1}.png"
                paste(tiles).save(target)
                sys.stdout.write(f"{target}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
