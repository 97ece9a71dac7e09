"""A writable, ungated, empty server: in this process, and with `long` as a program of its own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from serving import Here, There

TOKEN = "t" * 43


@pytest.fixture(scope="session")
def exemptions():
    """The tests that are not passed, by suite and name, with the reason."""
    return tomllib.loads(Path(__file__).with_name("exemptions.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session", params=["here", pytest.param("there", marks=pytest.mark.long)])
def server(request):
    """The server that a suite is run against."""
    return request.getfixturevalue(f"server_{request.param}")


@pytest.fixture(scope="session")
def server_here(settings, tmp_path_factory):
    """The application in this process, with its log on the disk and its readers beside it."""
    from comity.services.committing import Committer
    from comity.services.tokens import Holder, Tokens, hash_token
    from comity.store.commits import Record
    from comity.store.engine import Graph
    from comity.store.lanes import LaneLimits
    from comity.store.readers import Readers
    from comity.web import create_app

    record = Record(tmp_path_factory.mktemp("suite") / "store")
    lanes = LaneLimits(quick=2, slow=1)
    readers = Readers(record.snapshot, record.fingerprint, lanes=lanes, union=False, writable=True)
    committer = Committer(record, readers)
    app = create_app(
        settings,
        Graph.of((), union=False),
        readers=readers,
        committer=committer,
        tokens=Tokens([(Holder("suite", "write"), hash_token(TOKEN))]),
    )
    yield Here(app, TOKEN)
    app.extensions["comity"]["intake"].close()
    committer.close()
    readers.close()


@pytest.fixture(scope="session")
def server_there(tmp_path_factory):
    """The program, started empty and without shapes."""
    import socket
    import subprocess
    import sys
    import time
    from urllib.error import URLError
    from urllib.request import urlopen

    from comity.services.tokens import token_line

    folder = tmp_path_factory.mktemp("server")
    (folder / "tokens").write_text(token_line("suite", "write", TOKEN) + "\n", encoding="ascii")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--port", str(port), "--data", "none", "--shapes", "none", "--writable"]
    options += ["--store", str(folder / "store"), "--token-file", str(folder / "tokens")]
    log = (folder / "log").open("wb")
    program = subprocess.Popen(
        [sys.executable, "-m", "comity", "serve", *options], stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 60
    try:
        while True:
            try:
                urlopen(f"{address}/health/ready", timeout=1).close()
                break
            except (URLError, OSError):
                assert program.poll() is None, (folder / "log").read_text()
                assert time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.1)
        there = There(address, TOKEN)
        yield there
        there.close()
    finally:
        program.terminate()
        program.wait(30)
        log.close()
