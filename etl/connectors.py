"""Every live source by its id: what each of them takes to load is wanted where all are asked."""

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
