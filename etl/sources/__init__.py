"""Every live source by its id; one module each with ACCESS, plan() and parse()."""

from etl.exchange import Connector

CONNECTORS: dict[str, Connector] = {}
