"""Every live source by its id; one module each with ACCESS, plan() and parse()."""

from etl.exchange import Connector
from etl.sources import cbr

CONNECTORS: dict[str, Connector] = {"cbr": cbr}
