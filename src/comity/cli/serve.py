"""`comity serve`: check the graph, then serve it."""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from comity.errors import ComityError, UsageError
from comity.settings import load_settings

if TYPE_CHECKING:
    from pathlib import Path

    from comity.settings import Settings
    from comity.validation.findings import Report


@click.command()
@click.option("--host", metavar="ADDRESS", help="Address to bind; 127.0.0.1 if not given.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port to bind; 8000 if not given.")
@click.option("--workers", type=click.IntRange(1, 64), help="Processes; 1 if not given.")
@click.option("--base", metavar="URL", help="Public address, when it is another.")
def command(host: str | None, port: int | None, workers: int | None, base: str | None) -> None:
    """Check the graph and serve it: endpoint, pages, queries and downloads.

    A graph with errors is not served: they are listed, and the exit status is 1. What passed once
    is not checked again until a file changes.
    """
    settings = load_settings(host=host, port=port, workers=workers, base=base)
    _require_base(settings.base)
    _require_free(settings.host, settings.port)
    report = _vet(settings.root, settings.cache)
    if report is not None and report.has_errors:
        for finding in report.findings:
            click.echo(str(finding), err=True)
        click.echo(f"Not served: {report.summary}. Correct the errors and start again.", err=True)
        sys.exit(1)
    _serve(settings)


def _serve(settings: Settings) -> None:
    from comity.web.wsgi import address, serve

    url = f"{address(settings)}/"
    public = f" (public address {settings.base}/)" if settings.base else ""
    serve(settings, lambda: click.echo(f"Comity serves {url}{public}; stop with Ctrl-C."))


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
            probe.bind(where)
    except socket.gaierror:
        raise UsageError(f"{host!r} is no address of this machine; use --host 127.0.0.1.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ComityError(
            f"Port {port} of {host} cannot be bound ({reason}); choose another with --port."
        ) from None
    except OverflowError:
        raise UsageError(f"{port} is no port; choose one from 1 to 65535 with --port.") from None
