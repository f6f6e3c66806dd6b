"""Every live source by its id; one module each with ACCESS, plan() and parse()."""

from etl.exchange import Connector
from etl.sources import cbr, comtrade, crea, ecb, gdelt, guardian, imf, pinksheet, rss

CONNECTORS: dict[str, Connector] = {
    "comtrade": comtrade,
    "pinksheet": pinksheet,
    "ecb": ecb,
    "cbr": cbr,
    "imf": imf,
    "crea": crea,
    "rss": rss,
    "gdelt": gdelt,
    "guardian": guardian,
}
