"""`comity serve`: check the graph, then serve it."""

from __future__ import annotations

import errno
import logging
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

import click

from comity.errors import ComityError, UsageError
from comity.settings import load_settings

if TYPE_CHECKING:
    from comity.settings import Settings
    from comity.validation.findings import Report

_log: Final = logging.getLogger("comity.reload")
_PATIENCE_SECONDS: Final = 1.0


@click.command()
@click.option("--host", metavar="ADDRESS", help="Address to bind; 127.0.0.1 if not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to bind; 8000 if not given.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; 1 if not given.")
@click.option("--base", metavar="URL", help="Public address, when it is another.")
@click.option("--data", metavar="DIR|none", help="Data to serve instead of the repository's.")
@click.option("--build", metavar="DIR", help="Folder of builds, or one build, to serve.")
@click.option("--shapes", metavar="DIR|none", help="Shapes that changes keep, instead of its own.")
@click.option("--writable", is_flag=True, default=None, help="Take changes from token holders.")
@click.option("--store", metavar="DIR|URL", help="Store of a writable server, or a remote one.")
@click.option("--store-credentials", metavar="FILE", help="user:password or a token for the URL.")
@click.option("--services", metavar="URLS", help="Endpoints that SERVICE may ask; none if empty.")
@click.option("--token-file", metavar="FILE", help="File with the tokens of a writable server.")
@click.option("--query-seconds", type=float, help="Longest that a query runs; 10 if not given.")
@click.option("--log-level", type=click.Choice(["info", "warning", "error"]), help="What to log.")
def command(**options: Any) -> None:
    """Check the graph and serve it: endpoint, pages, queries and downloads.

    A graph with errors is not served: they are listed, and the exit status is 1. What passed once
    is not checked again until a file changes.
    """
    settings = load_settings(**options)
    _require_values(settings)
    _require_free(settings.host, settings.port)
    report = None if _is_given(settings) else _vet(settings.root, settings.cache)
    if report is not None and report.has_errors:
        for finding in report.findings:
            click.echo(str(finding), err=True)
        click.echo(f"Not served: {report.summary}. Correct the errors and start again.", err=True)
        sys.exit(1)
    _serve(settings)


def _require_values(settings: Settings) -> None:
    """Raise UsageError for a setting that no server can have."""
    from comity.web.logs import LEVELS

    _require_base(settings.base)
    if settings.trusted_proxies:
        from comity.web.proxies import parse_networks

        parse_networks(settings.trusted_proxies)
    if settings.log_level not in LEVELS:
        raise UsageError(f"{settings.log_level!r} is no log level; use {', '.join(LEVELS)}.")
    _require_store(settings)
    _require_services(settings)
    if settings.query_seconds <= 0:
        raise UsageError("query_seconds has to be above 0; the default is 10.")


def _require_services(settings: Settings) -> None:
    """Raise UsageError for a list of endpoints that SERVICE cannot have, or no time for them."""
    if not settings.services:
        return
    from comity.web.federating import read_endpoints

    for name in ("service_seconds", "service_rows", "service_places"):
        if getattr(settings, name) <= 0:
            raise UsageError(f"{name} has to be above 0 where services are named.")
    read_endpoints(settings)


def _require_store(settings: Settings) -> None:
    """Raise UsageError for options on the data that do not fit, or name no folder."""
    for option, folder in (("--data", settings.data), ("--shapes", settings.shapes)):
        if folder not in {"", "none"} and not Path(folder).is_dir():
            raise UsageError(f"{option} {folder} is no folder; name one with RDF files, or none.")
    if settings.build:
        _require_build(settings)
    if settings.is_remote:
        _require_remote(settings)
        return
    for name in ("store_graphs", "store_credentials", "store_timeout"):
        if getattr(settings, name):
            raise UsageError(f"{name} goes with a remote store; name its address with --store URL.")
    _require_writable(settings)


def _require_writable(settings: Settings) -> None:
    """Raise UsageError for options of a writable server that do not fit together."""
    if not settings.writable:
        if settings.store or settings.token_file:
            raise UsageError("--store and --token-file go with --writable; add it, or drop them.")
        return
    if not settings.store:
        raise UsageError("--writable needs a folder for the store; name one with --store DIR.")
    if not settings.token_file:
        raise UsageError(
            "--writable needs tokens: make one with `comity token new`, put its line into a file, "
            "and name that with --token-file FILE."
        )
    if settings.workers > 1:
        raise UsageError(
            f"--workers {settings.workers} cannot go with --writable; one process writes."
        )


def _require_remote(settings: Settings) -> None:
    """Raise UsageError for what does not go with a store elsewhere, or for its settings."""
    if settings.writable or settings.token_file:
        raise UsageError(
            "--writable does not go with a remote store: a change could be neither judged nor "
            "recorded in one step with it; change the files and put them there with "
            "`comity build --store`, or name a folder with --store DIR."
        )
    if settings.data:
        raise UsageError("--data does not go with a remote store, whose data are served; drop one.")
    from comity.store.remote import Place

    Place.of(settings)


def _require_build(settings: Settings) -> None:
    """Raise UsageError for what does not go with a build, StorageDamagedError for a broken one."""
    from comity.store.builds import find_build

    if settings.writable or settings.data:
        option = "--writable" if settings.writable else "--data"
        raise UsageError(
            f"A build is served as it is: {option} does not go with --build; drop one."
        )
    find_build(Path(settings.build))


def _serve(settings: Settings) -> None:
    from comity.web.wsgi import address, serve

    url = f"{address(settings)}/"
    public = f" (public address {settings.base}/)" if settings.base else ""
    serve(
        settings,
        announce=lambda: click.echo(f"Comity serves {url}{public}; stop with Ctrl-C."),
        may_reload=lambda: _is_read(settings) and (_is_given(settings) or _passes(settings)),
    )


def _is_read(settings: Settings) -> bool:
    """Read rules, and data not the repository's, once more, and tell in the log why it fails."""
    from comity.services.catalogue import Catalogue
    from comity.services.rules import read_rules
    from comity.store.builds import find_build
    from comity.web.assembling import read_data

    try:
        build = find_build(Path(settings.build)) if settings.build else None
        if settings.is_remote:
            from comity.web.assembling_remote import require_remote

            require_remote(settings, build)
        if build is not None:
            settings = replace(settings, root=build.files)
        if settings.data:
            read_data(settings, Catalogue.load(settings.root))
        read_rules(settings)
    except ComityError as error:
        _log.error("%s", error)
        return False
    return True


def _is_given(settings: Settings) -> bool:
    """Tell whether the data are not those of the repository's files, which the gate is for."""
    return bool(settings.data or settings.build) or settings.is_remote


def _passes(settings: Settings) -> bool:
    """Check the graph once more, and list what is wrong with it in the log."""
    from comity.services.vetting import vet

    try:
        report = vet(settings.root, settings.cache)
    except ComityError as error:
        _log.error("%s", error)
        return False
    for finding in report.findings if report and report.has_errors else ():
        _log.error("%s", finding)
    return report is None or not report.has_errors


def _vet(root: Path, cache: Path) -> Report | None:
    from comity.services.vetting import vet

    if not sys.stderr.isatty():
        return vet(root, cache)
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("Checking the graph") as status:
        return vet(root, cache, lambda what: status.update(f"Checking the graph: {what}"))


def _require_base(base: str) -> None:
    parts = urlsplit(base)
    if base and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query):
        raise UsageError(f"{base!r} is no public address; write one such as https://example.org.")


def _bind(probe: socket.socket, where: Any) -> None:
    """Bind a port; one of a server that was just killed may take a moment to become free."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            probe.bind(where)
        except OSError as error:
            if error.errno != errno.EADDRINUSE or time.monotonic() > until:
                raise
            time.sleep(_PATIENCE_SECONDS / 20)
        else:
            return


def _require_free(host: str, port: int) -> None:
    """Raise ComityError if the port cannot be bound.

    The server itself would share it silently with another server of its kind.
    """
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            _bind(probe, where)
    except socket.gaierror:
        raise UsageError(f"{host!r} is no address of this machine; use --host 127.0.0.1.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ComityError(
            f"Port {port} of {host} cannot be bound ({reason}); choose another with --port."
        ) from None
    except OverflowError:
        raise UsageError(f"{port} is no port; choose one from 1 to 65535 with --port.") from None
