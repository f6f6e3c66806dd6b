"""The import rules of DESIGN §2: write side, read side and pages never reach the wrong way."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from etl.paths import ROOT

SOURCES = [
    path for folder in ("etl", "desk", "pages") for path in sorted((ROOT / folder).rglob("*.py"))
] + [ROOT / "app.py"]
NAMES = [str(path.relative_to(ROOT)) for path in SOURCES]
MAY_DRAW = ("app.py", "pages/", "desk/widgets/", "desk/server.py")


def imported(path: Path) -> set[str]:
    """Return every module that a file imports, in full and by its first name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            found |= {node.module or ""} | {f"{node.module}.{a.name}" for a in node.names}
    return found | {name.split(".")[0] for name in found}


@pytest.mark.parametrize("name", NAMES)
def test_imports_run_from_pages_to_desk_to_etl_and_never_back(name: str) -> None:
    modules = imported(ROOT / name)
    if name.startswith("etl/"):
        assert not modules & {"desk", "pages", "streamlit", "plotly", "app"}
    if name.startswith(("desk/", "pages/")):
        assert not modules & {"pages", "app"}
    if name not in ("etl/fetch.py", "etl/peers.py"):
        assert not modules & {"requests", "urllib.request", "httpx", "socket"}
    if not name.startswith(MAY_DRAW):
        assert "streamlit" not in modules


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("pages/")])
def test_a_page_holds_no_sql(name: str) -> None:
    tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    sql = re.compile(r"\bselect\b.*\bfrom\b|\binsert into\b|\bfrom \w+ where\b", re.I | re.S)
    assert not [text for text in texts if isinstance(text, str) and sql.search(text)]
    assert not imported(ROOT / name) & {"duckdb", "desk.sql", "etl.sql"}


def test_the_rules_look_at_every_side() -> None:
    assert {"etl/build.py", "desk/series.py", "pages/trade.py", "app.py"} <= set(NAMES)


def test_every_package_is_named_where_it_is_installed_from() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    there = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for part in ("etl", "desk")
        for path in (ROOT / part).rglob("__init__.py")
    }
    assert set(project["tool"]["setuptools"]["packages"]) == there
