"""The language of the pages: `/az/…` and `/ja/…`, else Accept-Language (RFC 9110 §12.5.4).

Each address is there once for each language behind a prefix. The links of such a page stay behind
it, so that no cookie is needed, and an address that is passed on shows what its sender saw.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from flask import request
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from comity.services import speech
from comity.services.casing import capitalise
from comity.services.speech import ENGLISH, LANGUAGES, NAMES
from comity.web.headers import PRIVATE_PATHS, WRITABLE_PATHS, vary_on
from comity.web.site import site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask import Flask

Environ = dict[str, Any]

_NAMED: Final = "comity.language"  # in the environ: the language that the address names


class Tongue(NamedTuple):
    """A language that the page is there in, with its address in it."""

    tag: str
    name: str
    path: str
    address: str
    is_current: bool


def register(app: Flask) -> None:
    """Have an application speak the language of its readers."""
    app.wsgi_app = partial(_without_prefix, app.wsgi_app)  # type: ignore[method-assign]
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda text: speech.translations().gettext(text),
        ngettext=lambda one, many, number: speech.translations().ngettext(one, many, number),
        pgettext=lambda context, text: speech.translations().pgettext(context, text),
        npgettext=lambda context, one, many, number: speech.translations().npgettext(
            context, one, many, number
        ),
        newstyle=True,
    )
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.before_request(lambda: speech.open_speech(_choose))
    app.teardown_request(lambda _: speech.close_speech())
    app.jinja_env.filters["capitalise"] = capitalise
    app.jinja_env.globals.update(
        language=speech.language, said=speech.told, tongues=tongues, words=words
    )


def root() -> str:
    """Return the path under which a proxy may have put this server, without a language."""
    named = request.environ.get(_NAMED)
    return request.script_root.removesuffix(f"/{named}") if named else request.script_root


def public() -> str:
    """Return the public address of this server, without a language and without a slash."""
    base: str = site()["settings"].base
    return base or f"{request.host_url.rstrip('/')}{root()}"


def tongues() -> list[Tongue]:
    """Return the languages of the pages, each with path and address of the present page in it."""
    query = request.query_string.decode("ascii", "replace")
    here = request.path + (f"?{query}" if query else "")
    return [
        Tongue(
            tag,
            NAMES[tag],
            f"{root()}/{tag}{here}",
            f"{public()}/{tag}{here}",
            tag == speech.language(),
        )
        for tag in LANGUAGES
    ]


def words() -> Markup:
    """Return the words of the front end as a block of data; nothing in English."""
    return _words(speech.language())


@cache
def _words(language: str) -> Markup:
    found = speech.front_end_words(language)
    if not found:
        return Markup()
    text = htmlsafe_json_dumps(found, ensure_ascii=False)
    return Markup('<script type="application/json" id="words">{}</script>').format(text)


def _without_prefix(
    inner: Callable[..., Iterable[bytes]], environ: Environ, start: Any
) -> Iterable[bytes]:
    """Take a language off the path; what changes the data has its one address."""
    tag, _, rest = environ["PATH_INFO"].removeprefix("/").partition("/")
    if tag in LANGUAGES and not f"/{rest}".startswith((*PRIVATE_PATHS, *WRITABLE_PATHS)):
        environ[_NAMED] = tag
        environ["SCRIPT_NAME"] += f"/{tag}"
        environ["PATH_INFO"] = f"/{rest}"
    return inner(environ, start)


def _choose() -> str:
    named: str | None = request.environ.get(_NAMED)
    if named:
        return named
    vary_on("Accept-Language")
    return request.accept_languages.best_match(LANGUAGES) or ENGLISH
