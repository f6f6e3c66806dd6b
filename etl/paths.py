"""Where things lie: the shipped data of the checkout, and the folder that this machine fills."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def shipped() -> Path:
    """Return the reviewed `data/` of the checkout: catalogue, observations, events, articles."""
    return Path(os.environ.get("AMUR_SHIPPED") or ROOT / "data")


def folder() -> Path:
    """Return the folder for raw/, warehouse/, flows/ and runs/ (`AMUR_DATA`, else `data/`)."""
    return Path(os.environ.get("AMUR_DATA") or ROOT / "data").expanduser().resolve()


def warehouse() -> Path:
    """Return the folder of published builds."""
    return folder() / "warehouse"


def landed() -> Path:
    """Return the folder of what was fetched or ingested here, one folder a source."""
    return folder() / "observations"


def runs() -> Path:
    """Return the folder of run reports."""
    return folder() / "runs"


def flows() -> Path:
    """Return the folder of the lake of customs flows."""
    return folder() / "flows"


def codes() -> Path:
    """Return the reviewed code lists of customs: goods, areas, units."""
    return ROOT / "data" / "codes"


def geography() -> Path:
    """Return the reviewed shapes of routes, terminals and land."""
    return ROOT / "data" / "geography"
