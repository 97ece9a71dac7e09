"""All settings in one table, and the only place that reads the environment.

Each setting has a name, a default and a help text; the environment variable is the name in
capitals behind `COMITY_`. Command-line options and tests override by argument, never by changing
the environment. The documentation's table of settings is compared with `SETTINGS` by a test.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from math import inf, nan
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from comity.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Setting(NamedTuple):
    """One row of the table; the type of the default is the type of the setting."""

    name: str
    default: str | float | bool
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("root", "", "Folder with ontology/, data/ and queries/; found by itself if empty."),
    Setting("host", "127.0.0.1", "Address that the server binds."),
    Setting("port", 8000, "Port that the server binds."),
    Setting("workers", 1, "Server processes; each holds the graph in memory."),
    Setting("base", "", "Public address of the server, such as https://example.org/comity."),
    Setting("max_body_bytes", 1_000_000, "Largest request body and largest query text, in bytes."),
    Setting("max_form_rows", 1_000, "Rows that a page shows before it links to the next ones."),
    Setting("query_seconds", 10.0, "Longest that a query runs before it is ended with 503."),
    Setting("query_memory_bytes", 1_000_000_000, "Most memory that a query may take, in bytes."),
    Setting("answer_bytes", 48_000_000, "Largest answer to a query, in bytes; beyond it, 413."),
    Setting("stream_seconds", 600.0, "Longest that an answer with stream=true is made and sent."),
    Setting("stream_places", 2, "Answers with stream=true on their way at once; 0 for none."),
    Setting("sending_bytes", 256_000_000, "Large answers on their way at once, in bytes."),
    Setting("page_bytes", 1_000_000, "Most of an answer that the page of /sparql takes, in bytes."),
    Setting(
        "panel_seconds", 600.0, "Longest that a dyad-year panel is made before it is given up."
    ),
    Setting("cache_bytes", 64_000_000, "Memory for whole answers that are kept, in bytes."),
    Setting("quick_places", 6, "Queries that run at once while they are short."),
    Setting("slow_places", 2, "Queries that run at once when they take longer."),
    Setting(
        "wait_seconds",
        1.2,
        "Longest that a query waits for a place before 503; more than 10 % of its limit counts.",
    ),
    Setting("threads", 64, "Requests that are worked on at once in each process."),
    Setting("connections", 2_000, "Connections that are open at once to each process."),
    Setting("header_seconds", 10.0, "Longest that a connection may be idle or send its headers."),
    Setting("body_seconds", 30.0, "Longest that a request may take to send its body."),
    Setting("send_seconds", 60.0, "Longest that a client may take to read a part of an answer."),
    Setting("drain_seconds", 10, "Longest that running requests are waited for on SIGTERM."),
    Setting("data", "", "Data to serve: a folder of RDF files, or none; the repository if empty."),
    Setting("build", "", "Folder of builds, or one build, to serve instead of files."),
    Setting("keep_builds", 3, "Builds that stay in their folder, the current one among them."),
    Setting("memory_statements", 200_000, "Largest build that is served from memory."),
    Setting("shapes", "", "Shapes that changes keep: a folder, or none; the data's own if empty."),
    Setting("writable", False, "Whether holders of a token may change the store."),
    Setting("store", "", "Folder of a writable server's store, or address of a remote one."),
    Setting("store_graphs", "", "Address where graphs are put into a remote store."),
    Setting("store_credentials", "", "File with user:password or a token for a remote store."),
    Setting("store_seconds", 30.0, "Longest that answers are kept after a remote store changed."),
    Setting("store_timeout", "", "How a remote store is told a time limit, such as timeout={s}."),
    Setting("services", "", "Addresses that SERVICE may ask, with blanks between; none if empty."),
    Setting("service_seconds", 5.0, "Longest that one request of SERVICE may take."),
    Setting("service_bytes", 10_000_000, "Largest answer to one request of SERVICE, in bytes."),
    Setting("service_rows", 10_000, "Most rows that the answer to one SERVICE may have."),
    Setting("service_places", 4, "Requests of SERVICE that run at once in each process."),
    Setting("service_cache_bytes", 16_000_000, "Memory for answers to SERVICE, in bytes."),
    Setting("service_cache_seconds", 600.0, "Longest that an answer to SERVICE is kept."),
    Setting("token_file", "", "File with the tokens of a writable server."),
    Setting("reconciliation", "https://wikidata.reconci.link/en/api", "Service of link suggest."),
    Setting(
        "entities",
        "https://www.wikidata.org/wiki/Special:EntityData/{id}.json",
        "Where link check and link pull have items of Wikidata from.",
    ),
    Setting("trusted_proxies", "", "Addresses or networks of proxies whose X-Forwarded-* count."),
    Setting("log_level", "info", "Least that is logged: info, with each request; warning; error."),
)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The settings of one run; see `SETTINGS` for what each means."""

    root: Path
    host: str
    port: int
    workers: int
    base: str
    max_body_bytes: int
    max_form_rows: int
    query_seconds: float
    query_memory_bytes: int
    answer_bytes: int
    stream_seconds: float
    stream_places: int
    sending_bytes: int
    page_bytes: int
    panel_seconds: float
    cache_bytes: int
    quick_places: int
    slow_places: int
    wait_seconds: float
    threads: int
    connections: int
    header_seconds: float
    body_seconds: float
    send_seconds: float
    drain_seconds: int
    data: str
    build: str
    keep_builds: int
    memory_statements: int
    shapes: str
    writable: bool
    store: str
    store_graphs: str
    store_credentials: str
    store_seconds: float
    store_timeout: str
    services: str
    service_seconds: float
    service_bytes: int
    service_rows: int
    service_places: int
    service_cache_bytes: int
    service_cache_seconds: float
    token_file: str
    reconciliation: str
    entities: str
    trusted_proxies: str
    log_level: str

    @property
    def is_remote(self) -> bool:
        """Whether the store is one elsewhere, and no folder."""
        return "://" in self.store

    @property
    def cache(self) -> Path:
        """The folder for what can be computed again."""
        return self.root / ".cache" / "comity"


def find_root(start: Path | None = None) -> Path:
    """Return the nearest folder upwards that holds `ontology/` and `data/`.

    Looks from `start` (default: the working directory), then from this package.
    Raises UsageError if there is none.
    """
    for origin in (start or Path.cwd(), Path(__file__).resolve()):
        for folder in (origin, *origin.parents):
            if (folder / "ontology").is_dir() and (folder / "data").is_dir():
                return folder
    raise UsageError(
        f"No folder with ontology/ and data/ at or above {start or Path.cwd()}; "
        "run inside the repository or set COMITY_ROOT."
    )


def load_settings(
    environ: Mapping[str, str] | None = None, **overrides: str | float | bool | Path | None
) -> Settings:
    """Return the settings: defaults, then the environment, then `overrides` that are not None.

    Raises UsageError for a value of the wrong type, naming the variable and the value.
    """
    environ = os.environ if environ is None else environ
    unknown = set(overrides) - {field.name for field in fields(Settings)}
    if unknown:
        raise TypeError(f"no such setting: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {}
    for setting in SETTINGS:
        variable = f"COMITY_{setting.name.upper()}"
        value = overrides.get(setting.name)
        if value is None and variable in environ:
            value = _parse(variable, environ[variable], setting)
        values[setting.name] = setting.default if value is None else value
    values["root"] = Path(values["root"]) if values["root"] else find_root()
    values["base"] = str(values["base"]).rstrip("/")
    return Settings(**values)


def _parse(variable: str, text: str, setting: Setting) -> str | float:
    if isinstance(setting.default, str):
        return text
    is_whole = isinstance(setting.default, int)
    try:
        value = int(text) if is_whole else float(text)
    except ValueError:
        value = nan
    if not 0 <= value < inf:
        kind = "whole number" if is_whole else "number"
        raise UsageError(f"{variable} is {text!r}, which is not a {kind}; {setting.help}")
    return value
