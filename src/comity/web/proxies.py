"""Which address a request came to and from: the public one, and what trusted proxies say.

`base` decides when it is set: host, scheme and the path in front of ours are taken from it, and
whatever Host says gets into no link and no Location. A proxy may pass that path on or strip it.
X-Forwarded-* headers count only from the addresses in `trusted_proxies`; from anybody else they
are as if they were not there. Every other header that claims to be somebody is ignored.
"""

from __future__ import annotations

import re
from functools import partial
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote, urlsplit

from flask import request
from werkzeug.middleware.proxy_fix import ProxyFix

from comity.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

    from comity.settings import Settings

Environ = dict[str, Any]
Network = IPv4Network | IPv6Network

HOST: Final = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,252})?|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?"
)
# Never `//`, which would begin the name of another host.
PREFIX: Final = re.compile(r"(?:/[^/\\\x00-\x20\"<>?#]+)*")


def register(app: Flask) -> None:
    """Have an application see each request as its client made it."""
    from comity.web.site import KEY

    settings: Settings = app.extensions[KEY]["settings"]
    inner = app.wsgi_app
    public = partial(_as_public, inner, settings.base) if settings.base else inner
    # The outermost first: what the proxy says, and over it what the setting says.
    trusted = parse_networks(settings.trusted_proxies)
    app.wsgi_app = partial(_as_forwarded, trusted, public, ProxyFix(public, x_host=1, x_prefix=1))  # type: ignore[method-assign]
    app.before_request(_require_host)


def parse_networks(text: str) -> tuple[Network, ...]:
    """Return the networks of a setting such as `127.0.0.1, 10.0.0.0/8`.

    Raises UsageError for what is no address and no network.
    """
    networks = []
    for part in text.replace(",", " ").split():
        try:
            networks.append(ip_network(part))
        except ValueError:
            raise UsageError(
                f"{part!r} in trusted_proxies is no address and no network; "
                "write such as 127.0.0.1 or 10.0.0.0/8."
            ) from None
    return tuple(networks)


def _as_forwarded(
    trusted: tuple[Network, ...],
    plain: Callable[..., Iterable[bytes]],
    forwarded: Callable[..., Iterable[bytes]],
    environ: Environ,
    start: Any,
) -> Iterable[bytes]:
    return (forwarded if _is_trusted(environ, trusted) else plain)(environ, start)


def _is_trusted(environ: Environ, trusted: tuple[Network, ...]) -> bool:
    if not trusted:
        return False
    try:
        address = ip_address(environ.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return any(address in network for network in trusted)


def _as_public(
    inner: Callable[..., Iterable[bytes]], base: str, environ: Environ, start: Any
) -> Iterable[bytes]:
    parts = urlsplit(base)
    prefix = unquote(parts.path, encoding="utf-8").encode().decode("latin-1").rstrip("/")
    path = environ["PATH_INFO"]
    if prefix and (path == prefix or path.startswith(f"{prefix}/")):
        environ["PATH_INFO"] = path.removeprefix(prefix) or "/"
    environ |= {
        "HTTP_HOST": parts.netloc,
        "SCRIPT_NAME": prefix,
        "wsgi.url_scheme": parts.scheme,
    }
    return inner(environ, start)


def _require_host() -> None:
    """Refuse an address that no link could be made of; HTTP/1.0 may have no host."""
    host = request.environ.get("HTTP_HOST")
    if host is not None and not HOST.fullmatch(host):
        raise UsageError("Host is no name or address of a host; send the one of the address.")
    scheme, prefix = request.environ["wsgi.url_scheme"], request.environ["SCRIPT_NAME"]
    if scheme not in {"http", "https"} or not PREFIX.fullmatch(prefix):
        raise UsageError("The X-Forwarded-* headers of the proxy name no address; correct them.")
