"""A lake of invented figures, to see the pages without any data; marked so wherever it is shown."""

import tempfile
from datetime import date
from pathlib import Path

from etl import paths
from etl.errors import UnknownRequest
from etl.flows import add, compact, generate, manifest
from etl.flows.add import Handed, Tell, Told

ROWS = 400_000
SEED = 7


def fill(tell: Tell) -> Told:
    """Fill an empty lake; raise UnknownRequest where it holds real figures."""
    held = manifest.read()
    if held.segments:
        kind = "invented figures already" if held.invented else "real figures"
        raise UnknownRequest(
            f"The lake in {paths.flows()} holds {kind}; invented ones are never added. Set "
            "AMUR_DATA to another folder for a demonstration."
        )
    with tempfile.TemporaryDirectory() as folder:
        made = generate.generate(ROWS, Path(folder), SEED, tell)
        told = add.add([Handed(made.whole, date(2026, 3, 1))], tell, invented=True)
        later = add.add([Handed(made.revised, date(2026, 6, 1))], tell, invented=True)
    compact.compact(lambda done, total: None)
    told.superseding = later.superseding
    return told
