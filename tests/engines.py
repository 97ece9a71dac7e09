"""Stores of other makers as processes on loopback, each empty, on ports that the system gives.

Oxigraph comes with the development environment, Virtuoso is a package of Debian, Fuseki a jar that
`make engines` fetches. A test that needs one that is not there is skipped by name.
"""

from __future__ import annotations

import subprocess
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from processes import free_port
from shared_material import fetched, program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 90

_VIRTUOSO = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 20
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
ServerRoot = .
[SPARQL]
ResultSetMaxRows = {most}
DefaultQuery = SELECT (1 AS ?x) {{}}
"""
_GRANTS = """
GRANT SPARQL_UPDATE TO "SPARQL";
GRANT EXECUTE ON DB.DBA.SPARUL_RUN TO "SPARQL";
DB.DBA.RDF_DEFAULT_USER_PERMS_SET ('nobody', 7);
"""
_FUSEKI = """
PREFIX : <#>
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>

[] a fuseki:Server ; {login} fuseki:services ( :ds ) .
:ds a fuseki:Service ;
  fuseki:name "ds" ;
  fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ;
  fuseki:endpoint [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] ;
  fuseki:dataset :set .
:set a tdb2:DatasetTDB2 ; tdb2:location "--mem--" ; tdb2:unionDefaultGraph true .
"""


class Engine(NamedTuple):
    """A store that answers: its query address, and its name."""

    name: str
    address: str
    process: subprocess.Popen[bytes]


@contextmanager
def oxigraph(*options: str) -> Iterator[Engine]:
    """Serve an empty Oxigraph; its default graph is the union unless the options say otherwise."""
    found, port = program("oxigraph"), free_port()
    command = [
        found,
        "serve",
        "--bind",
        f"127.0.0.1:{port}",
        *(options or ("--union-default-graph",)),
    ]
    with _running(command, f"http://127.0.0.1:{port}/") as process:
        yield Engine("oxigraph", f"http://127.0.0.1:{port}/query", process)


@contextmanager
def fuseki(folder: Path, password: str = "") -> Iterator[Engine]:
    """Serve an empty Fuseki on TDB2 in memory; with a password for the user `comity`."""
    jar = fetched("engines/jena-fuseki-server.jar", "make engines")
    java, port = program("java"), free_port()
    login = ""
    if password:
        (folder / "passwords").write_text(f"comity: {password}\n", encoding="utf-8")
        login = f'fuseki:passwd "{folder / "passwords"}" ; fuseki:auth "basic" ; '
        login += 'fuseki:allowedUsers "comity" ;'
    config = folder / "fuseki.ttl"
    config.write_text(_FUSEKI.format(login=login), encoding="utf-8")
    command = [java, "-Xmx512m", "-cp", str(jar), "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"]
    command += ["--localhost", f"--port={port}", f"--config={config}"]
    with _running(command, f"http://127.0.0.1:{port}/ds/query?query=ASK%7B%7D", folder) as process:
        yield Engine("fuseki", f"http://127.0.0.1:{port}/ds/query", process)


@contextmanager
def virtuoso(folder: Path, most: int = 1_000_000) -> Iterator[Engine]:
    """Serve an empty Virtuoso that anybody may write to; rows beyond `most` are cut off by it."""
    found, isql = program("virtuoso-t"), program("isql-vt")
    http, sql = free_port(), free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(_VIRTUOSO.format(http=http, sql=sql, most=most), encoding="utf-8")
    command = [found, "+foreground", "+configfile", str(ini)]
    address = f"http://127.0.0.1:{http}/sparql"
    with _running(command, f"{address}?query=ASK%7B%7D", folder) as process:
        granting = [isql, f"127.0.0.1:{sql}", "dba", "dba"]
        subprocess.run(granting, input=_GRANTS.encode(), check=True, capture_output=True)
        yield Engine("virtuoso", address, process)


@contextmanager
def _running(command, probe, folder=None):
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait(probe, process)
        yield process
    finally:
        process.kill()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except HTTPError:
            return
        except (URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the store at {address} did not get ready")
