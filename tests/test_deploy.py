"""The files of deploy/ parse, and what they start exists."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from kg.cli import run

DEPLOY = Path(__file__).parents[1] / "deploy"
INSTRUCTIONS = {"FROM", "RUN", "CMD", "COPY", "WORKDIR", "USER", "ENV", "EXPOSE", "HEALTHCHECK"}


def instructions() -> list[tuple[str, str]]:
    text = re.sub(r"^#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.M)
    lines = text.replace("\\\n", " ").splitlines()
    return [tuple(line.split(maxsplit=1)) for line in lines if line.strip()]  # type: ignore[misc]


def offered(capsys: pytest.CaptureFixture[str]) -> set[str]:
    assert run(["serve", "--help"]) == 0
    return set(re.findall(r"--[a-z]+", capsys.readouterr().out))


def test_the_dockerfile(capsys: pytest.CaptureFixture[str]) -> None:
    steps = instructions()
    assert {name for name, _ in steps} <= {*INSTRUCTIONS, "STOPSIGNAL"}
    assert steps[0][0] == "FROM"
    for name, rest in steps:
        if name == "COPY":
            for source in rest.split()[:-1]:
                assert (DEPLOY.parent / source).exists(), source
    names = [name for name, _ in steps]
    assert names.index("USER") < names.index("CMD")
    command = json.loads(dict(steps)["CMD"])
    assert command[:2] == ["kg", "serve"]
    assert {part for part in command if part.startswith("--")} <= offered(capsys)


@pytest.mark.parametrize("name", ["compose.yaml", "compose.virtuoso.yaml"])
def test_the_compose_files(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    composed = yaml.safe_load((DEPLOY / name).read_text())
    service = composed["services"]["silkgraph"]
    assert (DEPLOY / service["build"]["context"] / service["build"]["dockerfile"]).exists()
    assert service["read_only"] is True
    given = {part for part in service.get("command", ()) if part.startswith("--")}
    assert given <= offered(capsys)
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


def test_docker_itself_takes_the_compose_file() -> None:
    docker = shutil.which("docker")
    command = [docker or "docker", "compose", "-f", str(DEPLOY / "compose.yaml"), "config", "-q"]
    asked = [command[0], "compose", "version"]
    if docker is None or subprocess.run(asked, capture_output=True, check=False).returncode:
        pytest.skip("no docker compose here")
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_unit(capsys: pytest.CaptureFixture[str]) -> None:
    unit = configparser.ConfigParser(interpolation=None, delimiters="=", strict=True)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "silkgraph.service")
    assert unit.sections() == ["Unit", "Service", "Install"]
    start = unit["Service"]["ExecStart"].split()
    assert start[0].startswith("/")
    assert start[1] == "serve"
    assert {part for part in start if part.startswith("--")} <= offered(capsys)


def test_systemd_itself_takes_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd here")
    text = (DEPLOY / "silkgraph.service").read_text()
    unit = tmp_path / "silkgraph.service"
    unit.write_text(
        text.replace("/opt/silkgraph/bin/kg", "/bin/true").replace("=silkgraph", "=root")
    )
    done = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert "silkgraph.service:" not in done.stderr, done.stderr
