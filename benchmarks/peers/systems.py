"""The systems: how each is installed, loaded and served.

Everything of a peer lies in one folder outside the repository. Each is loaded as it loads best and
may use memory as it likes; each listens on the loopback address only.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, ClassVar, Final

from peers.client import fetch

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
CACHE: Final = ROOT / ".cache" / "peers"
LIBRARIES: Final = ("oxigraph==0.5.13", "rdflib-endpoint[cli]==0.6.3", "uvicorn", "oxrdflib")
FUSEKI: Final = "5.6.0"
_START_SECONDS: Final = 600
_ASK: Final = "ASK { ?s ?p ?o }"
_VIRTUOSO: Final = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{control}
DirsAllowed = {folder}
NumberOfBuffers = 340000
MaxDirtyBuffers = 250000
ServerThreads = 20
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerThreads = 10
MaxKeepAlives = 10
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = 30
"""


class AbsentError(Exception):
    """A peer is not there, and why."""


class System(ABC):
    """One server with the data in it."""

    name: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, world: Path, port: int) -> None:
        """Take the folder of what is made of a build, and a port; `port + 1` is free as well."""
        self.world = world
        self.port = port
        self.folder = world / self.name
        self.load_seconds = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where queries go."""
        return f"http://127.0.0.1:{self.port}{self.path()}"

    @property
    def triples(self) -> Path:
        """The world as N-Triples, each statement once."""
        return self.world / "world.nt"

    def path(self) -> str:
        """Return the path of the endpoint."""
        return "/sparql"

    @abstractmethod
    def version(self) -> str:
        """Return the version; raises AbsentError if the system is not there."""

    def load(self) -> None:  # noqa: B027 - some need nothing
        """Make what `command` needs, if it needs anything."""

    @abstractmethod
    def command(self) -> Sequence[str | Path]:
        """Return the command that serves."""

    def environment(self) -> dict[str, str]:
        """Return what is set for the command."""
        return {}

    def start(self) -> None:
        """Load the data unless they are there, serve them, and return once a query is answered.

        Raises AbsentError when the server does not answer.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        self.load()
        with (self.folder / "log").open("wb") as log:
            self._process = started(self.command(), log, self.environment(), self.folder)
        until = time.monotonic() + _START_SECONDS
        while fetch(self.address, _ASK, 5)[0] != 200:  # noqa: PLR2004 - OK
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise AbsentError(f"{self.name} does not answer; {self.folder / 'log'} tells why.")
            time.sleep(0.2)
        self.load_seconds = time.perf_counter() - begun

    def stop(self) -> None:
        """End the server and everything that it started."""
        if self._process is None:
            return
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, how)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(20)
                break
        self._process = None

    def memory(self) -> int:
        """Return what the server takes now, in bytes."""
        from mixed_load import family, memory_of

        return sum(map(memory_of, family(self._process.pid))) if self._process else 0


class Comity(System):
    """Comity on a build, as it serves one of that size by itself: a large one from the disk."""

    name = "comity"
    title = "Comity"

    def version(self) -> str:
        """Return the version with the commit."""
        import comity

        commit = output("git", "-C", ROOT, "rev-parse", "--short", "HEAD")
        return f"{getattr(comity, '__version__', '0.1.0')} ({commit})"

    def command(self) -> Sequence[str | Path]:
        """Return `comity serve --build`."""
        serve = ("serve", "--build", self.world.parent / "builds", "--port", str(self.port))
        return (sys.executable, "-m", "comity", *serve, "--log-level", "error")

    def environment(self) -> dict[str, str]:
        """Return a limit as the peers have, so that nobody is spared a long query."""
        return {"COMITY_QUERY_SECONDS": "30", "COMITY_WAIT_SECONDS": "30"}


class ComityMemory(Comity):
    """Comity on the same build, held in memory."""

    name = "comity-memory"
    title = "Comity, in memory"

    def environment(self) -> dict[str, str]:
        """Return a setting under which every build is held in memory."""
        return super().environment() | {"COMITY_MEMORY_STATEMENTS": "1000000000"}


class Oxigraph(System):
    """`oxigraph serve-read-only` on a store that was loaded in bulk and optimized."""

    name = "oxigraph"
    title = "Oxigraph"

    @property
    def program(self) -> Path:
        """The program; raises AbsentError if it is not there."""
        return present(CACHE / "python" / "bin" / "oxigraph")

    def path(self) -> str:
        """Return the path of queries."""
        return "/query"

    def version(self) -> str:
        """Return the version of the program."""
        return output(self.program, "--version").split()[-1]

    def load(self) -> None:
        """Load the store once."""
        store = self.folder / "store"
        if not store.is_dir():
            run(self.program, "load", "--location", store, "--file", self.triples, "--lenient")
            run(self.program, "optimize", "--location", store)

    def command(self) -> Sequence[str | Path]:
        """Return the command that serves from the disk."""
        place = ("--bind", f"127.0.0.1:{self.port}", "--timeout-s", "30")
        return (self.program, "serve-read-only", "--location", self.folder / "store", *place)


class OxigraphMemory(Oxigraph):
    """`oxigraph serve` in memory, filled by its Graph Store Protocol."""

    name = "oxigraph-memory"
    title = "Oxigraph, in memory"

    def load(self) -> None:
        """Load nothing beforehand."""

    def command(self) -> Sequence[str | Path]:
        """Return the command that serves from memory."""
        return (self.program, "serve", "--bind", f"127.0.0.1:{self.port}", "--timeout-s", "30")

    def start(self) -> None:
        """Start an empty server and send it the data."""
        super().start()
        begun = time.perf_counter()
        store = f"http://127.0.0.1:{self.port}/store?default&no_transaction"
        kind = "Content-Type: application/n-triples"
        run("curl", "-sSf", "-X", "POST", "-H", kind, "-T", self.triples, store)
        self.load_seconds += time.perf_counter() - begun


class RdflibEndpoint(System):
    """`rdflib-endpoint serve` on the store that it answers fastest from."""

    name = "rdflib-endpoint"
    title = "rdflib-endpoint"

    @property
    def program(self) -> Path:
        """The program; raises AbsentError if it is not there."""
        return present(CACHE / "python" / "bin" / "rdflib-endpoint")

    def path(self) -> str:
        """Return the path of queries."""
        return "/"

    def version(self) -> str:
        """Return the version with that of its store."""
        pip = present(CACHE / "python" / "bin" / "pip")
        listed = dict(
            line.split("==") for line in output(pip, "freeze").splitlines() if "==" in line
        )
        names = ("rdflib-endpoint", "rdflib", "oxrdflib")
        return ", ".join(f"{name} {listed.get(name, '?')}" for name in names)

    def command(self) -> Sequence[str | Path]:
        """Return the command that serves."""
        place = ("--host", "127.0.0.1", "--port", str(self.port))
        return (self.program, "serve", "--store", "Oxigraph", *place, self.triples)


class Fuseki(System):
    """Apache Jena Fuseki with the data in its transactional memory."""

    name = "fuseki"
    title = "Fuseki"

    @property
    def jar(self) -> Path:
        """The server; raises AbsentError if it is not there."""
        if shutil.which("java") is None:
            raise AbsentError("Java is not installed.")
        return present(CACHE / "fuseki" / f"jena-fuseki-server-{FUSEKI}.jar")

    def path(self) -> str:
        """Return the path of the dataset's queries."""
        return "/world/query"

    def version(self) -> str:
        """Return the version, which the name of the file tells."""
        return self.jar.stem.rpartition("-")[2]

    def command(self) -> Sequence[str | Path]:
        """Return the command that loads and serves."""
        place = ("--localhost", f"--port={self.port}", "--timeout=30000", f"--file={self.triples}")
        return ("java", "-Xmx5g", "-jar", self.jar, *place, "/world")


class Virtuoso(System):
    """Virtuoso Open Source with buffers for the whole world."""

    name = "virtuoso"
    title = "Virtuoso"

    @property
    def program(self) -> Path:
        """The server; raises AbsentError if it is not there."""
        unpacked = CACHE / "virtuoso" / "usr" / "bin" / "virtuoso-t"
        return Path(shutil.which("virtuoso-t") or present(unpacked))

    def version(self) -> str:
        """Return the version of the program."""
        lines = output(self.program, "-?").splitlines()
        return next((line.split()[1] for line in lines if line.startswith("Version")), "?")

    def load(self) -> None:
        """Load the database once."""
        self._configure()
        if (self.folder / "loaded").is_file():
            return
        shutil.copy(self.triples, self.folder / "world.nt")
        with (self.folder / "load.log").open("wb") as log:
            self._process = started(self._serving(), log, {}, self.folder)
        isql = self.program.with_name("isql-vt")
        ask = (isql, f"127.0.0.1:{self.port + 1}", "dba", "dba")
        until = time.monotonic() + 60
        while subprocess.run((*ask, "exec=status();"), capture_output=True, check=False).returncode:
            if time.monotonic() > until:
                self.stop()
                raise AbsentError("virtuoso does not start.")
            time.sleep(0.5)
        text = (
            f"log_enable(2); DB.DBA.TTLP_MT(file_open('{self.folder}/world.nt'), '', "
            "'https://example.org/world', 512, 2); checkpoint;"
        )
        run(*ask, f"exec={text}")
        self.stop()
        (self.folder / "loaded").touch()

    def command(self) -> Sequence[str | Path]:
        """Return the command that serves."""
        return self._serving()

    def _serving(self) -> Sequence[str | Path]:
        return (self.program, "+foreground", "+configfile", self.folder / "virtuoso.ini")

    def _configure(self) -> None:
        text = _VIRTUOSO.format(folder=self.folder, port=self.port, control=self.port + 1)
        (self.folder / "virtuoso.ini").write_text(text, encoding="utf-8")


SYSTEMS: Final[tuple[type[System], ...]] = (
    Comity,
    ComityMemory,
    Oxigraph,
    OxigraphMemory,
    Fuseki,
    Virtuoso,
    RdflibEndpoint,
)


def install() -> dict[str, str]:
    """Install every peer in the cache; return by name why one could not be."""
    CACHE.mkdir(parents=True, exist_ok=True)
    steps = {
        "oxigraph and rdflib-endpoint": _install_libraries,
        "fuseki": _install_fuseki,
        "virtuoso": _install_virtuoso,
    }
    failed = {}
    for name, step in steps.items():
        try:
            step()
        except (OSError, subprocess.CalledProcessError) as error:
            failed[name] = str(error)
    return failed


def _install_libraries() -> None:
    folder = CACHE / "python"
    if not folder.is_dir():
        run(sys.executable, "-m", "venv", folder)
    run(folder / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *LIBRARIES)


def _install_fuseki() -> None:
    if not (CACHE / "fuseki" / f"jena-fuseki-server-{FUSEKI}.jar").is_file():
        artifact = f"-Dartifact=org.apache.jena:jena-fuseki-server:{FUSEKI}"
        where = f"-DoutputDirectory={CACHE / 'fuseki'}"
        run("mvn", "-q", "-B", "dependency:copy", artifact, where)


def _install_virtuoso() -> None:
    folder = CACHE / "virtuoso"
    if shutil.which("virtuoso-t") is None and not folder.is_dir():
        folder.mkdir()
        run("apt-get", "download", "-qq", "virtuoso-opensource-7-bin", cwd=folder)
        (package,) = folder.glob("*.deb")
        run("dpkg", "-x", package, folder)


def present(path: Path) -> Path:
    """Return a path; raises AbsentError if nothing is there."""
    if not path.exists():
        raise AbsentError(f"{path.name} is not installed; run --install.")
    return path


def run(*command: str | Path, cwd: Path | None = None) -> None:
    """Run a command quietly to its end; raises CalledProcessError."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=cwd)


def output(*command: str | Path) -> str:
    """Return what a command prints, on either stream."""
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return f"{done.stdout}\n{done.stderr}".strip()


def started(
    command: Sequence[str | Path], log: IO[bytes], more: dict[str, str], cwd: Path
) -> subprocess.Popen[bytes]:
    """Start a server in a session of its own, with its output in a file."""
    return subprocess.Popen(
        [str(each) for each in command],
        stdout=log,
        stderr=log,
        stdin=subprocess.DEVNULL,
        env=os.environ | more,
        cwd=cwd,
        start_new_session=True,
    )
