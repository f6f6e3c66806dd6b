"""The systemd unit and the container file say what is true: their command lines are run here."""

import configparser
import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from etl.paths import ROOT
from etl.warehouse import Build
from tests.serving.running import ask, free_port, running, version

DEPLOY = ROOT / "deploy"
HARDENED = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "ReadWritePaths": "/var/lib/amur",
}


def _unit() -> tuple[dict[str, str], dict[str, str]]:
    """Return the [Service] part of the unit, and its environment."""
    parser = configparser.RawConfigParser(strict=False, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    text = (DEPLOY / "amur.service").read_text(encoding="utf-8")
    parser.read_string(text)
    pairs = re.findall(r"^Environment=(\w+)=(.*)$", text, re.MULTILINE)
    return dict(parser["Service"]), dict(pairs)


def _steps() -> list[tuple[str, str]]:
    """Return the instructions of the container file: word and what follows, lines joined."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(kept))
    steps = (line.partition(" ") for line in joined.splitlines() if line)
    return [(word, rest) for word, _, rest in steps]


def _said(word: str) -> list[str]:
    return [rest for step, rest in _steps() if step == word]


def _ours(command: list[str], port: int) -> list[str]:
    """Return a command line of a unit with its interpreter and port as they are here."""
    moved = [str(port) if word == "8501" else word for word in command]
    assert moved != command
    if moved[0].endswith("/bin/amur"):
        return [sys.executable, "-m", "desk.cli", *moved[1:]]
    assert moved[0] == "python"
    return [sys.executable, *moved[1:]]


def _told(build: Build, found: dict[str, object]) -> None:
    assert found["build_id"] == build.id
    assert set(found) == {"version", "build_id", "built", "stale"}
    assert f'version = "{found["version"]}"' in (ROOT / "pyproject.toml").read_text()


def test_the_unit_starts_the_desk_and_stops_it(build: Build) -> None:
    service, environment = _unit()
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = _ours(shlex.split(service["ExecStart"]), port)
    assert environment.keys() == {"AMUR_DATA", "HEADLESS", "HOME"}
    with running(command, ROOT, {"HEADLESS": environment["HEADLESS"]}, address) as server:
        _told(build, version(address))
        server.terminate()
        stopped = server.wait(timeout=30)
    assert stopped in (0, -getattr(signal, service["SuccessExitStatus"]))


def test_the_unit_may_write_only_where_the_desk_writes() -> None:
    service, environment = _unit()
    assert {key: service.get(key) for key in HARDENED} == HARDENED
    assert environment["AMUR_DATA"] == service["ReadWritePaths"]
    assert service["User"] == "amur"
    assert service["ExecStart"].startswith(service["WorkingDirectory"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_knows_every_line_of_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "amur.service"
    unit.write_text(
        (DEPLOY / "amur.service").read_text().replace("/opt/amur/.venv/bin/amur", sys.executable)
    )
    command = ["systemd-analyze", "verify", "--man=no", str(unit)]
    found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    ours = [line for line in found.stderr.splitlines() if "amur.service" in line]
    assert ours == []


def test_the_container_s_command_runs_from_what_is_copied_into_it(
    build: Build, data_folder: Path, tmp_path: Path
) -> None:
    """A file that the desk needs and the container lacks is found here, not in production."""
    for rest in _said("COPY"):
        *sources, target = rest.split()
        for source in (found for name in sources for found in ROOT.glob(name)):
            place = tmp_path / target
            if source.is_dir():
                shutil.copytree(source, place, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                place = place / source.name if target.endswith("/") else place
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(source, place)
    written = {"warehouse", "raw", "runs", "drafts", "flows", "demo-flows"}
    shipped = {path.name for path in (ROOT / "data").iterdir()} - written
    assert {path.name for path in (tmp_path / "data").iterdir()} == shipped
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = _ours(json.loads(_said("CMD")[0]), port)
    health = json.loads(_said("HEALTHCHECK")[0].partition("CMD ")[2])
    environment = {"HEADLESS": "1", "AMUR_DATA": str(data_folder), "PYTHONSAFEPATH": ""}
    with running(command, tmp_path, environment, address):
        _told(build, version(address))
        probe = [sys.executable, *(word.replace("8501", str(port)) for word in health[1:])]
        assert subprocess.run(probe, timeout=30, check=False).returncode == 0
    assert subprocess.run(probe, timeout=30, check=False, capture_output=True).returncode != 0


def test_the_container_takes_nothing_but_locked_hashes_and_runs_unprivileged() -> None:
    [image] = _said("FROM")
    assert re.fullmatch(r"[a-z]+:[\w.-]+", image), "an image name without a registry's host"
    installs = [rest for rest in _said("RUN") if "install" in rest]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    words = [word for word, _ in _steps()]
    assert _said("USER") == ["amur"]
    assert words.index("USER") < words.index("CMD")
    assert not {"ADD", "ENTRYPOINT"} & set(words)


def test_the_container_s_lock_is_the_desk_s_own_without_test_tools() -> None:
    pin = re.compile(r"^([\w.-]+)==([^ ]+)", re.MULTILINE)
    inside = set(pin.findall((DEPLOY / "requirements.lock").read_text()))
    everything = set(pin.findall((ROOT / "requirements.lock").read_text()))
    assert inside < everything
    assert {"streamlit", "duckdb", "authlib"} <= {name for name, _ in inside}
    assert not {"pytest", "playwright", "mypy"} & {name for name, _ in inside}


def test_a_server_without_a_build_still_says_its_version(tmp_path: Path) -> None:
    """The start makes a build; one that went away later is no traceback."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "desk.cli", "serve", "--port", str(port)]
    with running(command, ROOT, {"HEADLESS": "1", "AMUR_DATA": str(tmp_path)}, address):
        assert version(address)["build_id"]
        (tmp_path / "warehouse" / "CURRENT").unlink()
        found = json.loads(ask(f"{address}/version"))
    assert found["build_id"] is None
    assert found["built"] is None
    assert found["stale"] == []
