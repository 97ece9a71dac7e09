"""The files for systemd and containers: they parse, and say what the server needs."""

from __future__ import annotations

import configparser
import json
import re
import subprocess

import pytest
import yaml

from comity.settings import SETTINGS, load_settings
from shared_material import program


@pytest.fixture(scope="module")
def deploy(root):
    return root / "deploy"


@pytest.fixture(scope="module")
def service(deploy):
    parser = configparser.RawConfigParser(strict=True)
    parser.optionxform = str
    parser.read_string((deploy / "comity.service").read_text(encoding="utf-8"))
    return parser["Service"]


@pytest.fixture(scope="module")
def steps(deploy) -> list[tuple[str, str]]:
    """Return instruction and argument of each step of the Dockerfile."""
    text = (deploy / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(line.split(maxsplit=1)) for line in lines]


def settings_named(text: str) -> set[str]:
    return {name.lower() for name in re.findall(r"\bCOMITY_([A-Z_]+)", text)}


def run(*command) -> subprocess.CompletedProcess[str]:
    """Run a program and return what it wrote."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["Dockerfile", "compose.yaml", "comity.service"])
def test_every_variable_is_a_setting(deploy, name):
    text = (deploy / name).read_text(encoding="utf-8")

    assert settings_named(text) <= {each.name for each in SETTINGS}
    assert settings_named(text)


def test_the_service_is_walled_in(service):
    expected = {
        "ProtectSystem": "strict",
        "NoNewPrivileges": "true",
        "PrivateTmp": "true",
        "CapabilityBoundingSet": "",
        "MemoryMax": "4G",
        "TasksMax": "256",
    }

    assert {name: service[name] for name in expected} == expected
    assert service["User"] not in {"", "root"}


def test_the_service_has_time_to_drain(service, root):
    settings = load_settings({}, root=root)

    assert service["KillMode"] == "mixed"
    assert int(service["TimeoutStopSec"]) > settings.drain_seconds
    assert service["ExecReload"].endswith("-HUP $MAINPID")


def test_the_service_leaves_room_for_its_threads_and_connections(service, root):
    settings = load_settings({}, root=root)

    assert int(service["LimitNOFILE"]) > settings.connections
    assert int(service["TasksMax"]) > settings.threads + 20


def test_systemd_takes_the_service(deploy):
    done = run(program("systemd-analyze"), "verify", "--man=no", deploy / "comity.service")
    faults = [line for line in done.stderr.splitlines() if "is not executable" not in line]

    assert [line for line in faults if "comity.service" in line] == []


def test_systemd_finds_the_service_hardly_exposed(deploy):
    tool = program("systemd-analyze")
    done = run(tool, "security", "--offline=true", "--threshold=20", deploy / "comity.service")

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_linter_of_images_takes_the_dockerfile(deploy):
    done = run(program("hadolint"), "--no-color", deploy / "Dockerfile")

    assert (done.returncode, done.stdout) == (0, "")


def _checked_as_composition(path) -> subprocess.CompletedProcess[str]:
    tool = [program("check-jsonschema"), "--builtin-schema", "vendor.compose-spec"]
    return run(*tool, path)


def test_the_composition_keeps_the_specification(deploy):
    done = _checked_as_composition(deploy / "compose.yaml")

    assert done.returncode == 0, done.stdout


def test_a_key_that_no_composition_has_is_found(deploy, tmp_path):
    text = (deploy / "compose.yaml").read_text(encoding="utf-8")
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(text.replace("ports:", "port:"), encoding="utf-8")
    done = _checked_as_composition(wrong)

    assert done.returncode == 1
    assert "'port' was unexpected" in done.stdout


def test_the_image_runs_without_root_and_is_looked_after(steps):
    last = dict(steps)

    assert last["USER"] == "10001"
    assert "/health/ready" in last["HEALTHCHECK"]
    assert json.loads(last["ENTRYPOINT"])[-1].endswith("/comity")
    assert json.loads(last["CMD"]) == ["serve"]
    assert not any(name == "ADD" for name, _ in steps)
    assert all(":" in argument for name, argument in steps if name == "FROM")


def test_the_image_has_what_it_copies(steps, root):
    names = [
        source
        for name, argument in steps
        if name == "COPY" and not argument.startswith("--from")
        for source in argument.split()[:-1]
    ]

    assert len(names) > 5
    assert [name for name in names if not (root / name).exists()] == []


def test_the_image_installs_only_what_is_locked(steps):
    installs = [argument for name, argument in steps if name == "RUN" and "pip install" in argument]

    assert installs
    assert all("--require-hashes" in each or "--no-deps" in each for each in installs)


def test_the_composition_is_closed(deploy):
    service = yaml.safe_load((deploy / "compose.yaml").read_text(encoding="utf-8"))["services"][
        "comity"
    ]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert service["mem_limit"]
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
