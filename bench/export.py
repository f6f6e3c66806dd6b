"""What leaves the house: pictures against the renderer's bare call, briefings, a crowd."""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from bench.measure import ROOT, amur, seconds, tell

DAY = date(2026, 6, 30)
TIMES = 9


def bench_export(folder: Path) -> None:
    """Measure one figure and the usual briefing of twelve on the current build."""
    from desk import briefing, figure_list, figures
    from desk.export import briefings, document, paint, picture
    from desk.export.renderer import shared
    from desk.export.sheet import PRESETS
    from desk.export.theme import THEMES
    from desk.lines import Options
    from etl import warehouse

    build = warehouse.current()
    options = Options(DAY, briefing.FIRST_DAY, date(DAY.year, 12, 31))
    sheet, theme = PRESETS["slide"], THEMES["light"]
    order = briefing.Order(briefing.FIGURES, options, date(2026, 1, 1))
    with warehouse.connect(build) as con:
        figure = figures.figure(con, figure_list.find("trade_totals"), options, build.id)
        made = briefing.load(con, order, build.id, lambda name: None)

    spec = paint.dress(figure, sheet, theme)
    cold = seconds(lambda: shared.svg(spec, sheet.width, sheet.height), 1)[0]
    bare = statistics.median(seconds(lambda: shared.svg(spec, sheet.width, sheet.height), TIMES))
    drawn = picture.svg(figure, sheet, theme)
    tell("renderer cold start", cold, bare, "first picture of a process; floor: its warm bare call")
    warm = statistics.median(seconds(lambda: picture.svg(figure, sheet, theme), TIMES))
    tell("figure as SVG, warm", warm, bare, "floor: the renderer's bare call with the same content")
    floor = bare + statistics.median(seconds(lambda: document.pixels(drawn, sheet, 2), TIMES))
    warm = statistics.median(seconds(lambda: picture.png(figure, sheet, theme), TIMES))
    tell("figure as PNG, warm", warm, floor, "2560x1440; floor: renderer and typst, bare")
    _crowd(figure, bare)
    for form in ("pptx", "pdf", "xlsx"):
        warm = statistics.median(seconds(lambda f=form: briefings.make(made, f, _quietly), 3))
        tell(f"briefing of 12 as {form.upper()}", warm, bare, "warm; floor: one bare picture")
    _peak()
    shared.close()
    _commands(folder)


def _quietly(name: str) -> None:
    """Show no progress."""


def _crowd(figure: object, bare: float) -> None:
    """Eight threads ask for a picture at once."""
    from desk.export import picture
    from desk.export.sheet import PRESETS
    from desk.export.theme import THEMES

    start = time.perf_counter()
    with ThreadPoolExecutor(8) as pool:
        asked = [
            pool.submit(picture.svg, figure, PRESETS["slide"], THEMES["light"]) for _ in range(8)
        ]
        drawn = {one.result() for one in asked}
    taken = time.perf_counter() - start
    detail = f"8 threads, {len(drawn)} different answers; floor: eight bare calls in a row"
    tell("8 pictures at once", taken, 8 * bare, detail)


def _peak() -> None:
    """Tell the peak memory of this process, and of the renderer with its children."""
    from desk.export.renderer import shared

    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    tell("peak memory with briefings", own, own, "this process, warehouse included", unit="MB")
    pid = shared.pid
    if pid and Path(f"/proc/{pid}").exists():
        tree = _tree(pid)
        tell("memory of the renderer", tree, own, "all of its processes, resident", unit="MB")


def _tree(group: int) -> float:
    """Return the resident memory of a process group in bytes."""
    pages = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == group:
                pages += int((folder / "statm").read_text().split()[1])
        except (OSError, ValueError):
            continue
    return float(pages * resource.getpagesize())


def _commands(folder: Path) -> None:
    """Tell whole commands, start of the process included, against an empty start."""
    code = "import desk.export.formats"
    empty = seconds(lambda: subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True), 3)
    floor = statistics.median(empty)
    with tempfile.TemporaryDirectory(dir=folder) as name:
        for form in ("csv", "pptx", "png"):
            words = ("export", "trade_totals", "--format", form, "--out", f"{name}/f.{form}")
            taken = statistics.median(seconds(lambda w=words: amur(*w), 3))
            tell(f"amur export {form}", taken, floor, "floor: a process that imports the same")
        taken = seconds(lambda: amur("brief", "--out", f"{name}/b.pptx"), 1)[0]
        tell("amur brief, 12 figures", taken, floor, "floor: a process that imports the same")
