"""The reader's language, and the words of the interface in it.

English is written in the code and the templates, and is the key of each message. The catalogues
beside this module hold the other languages; they are read as they stand in the repository, so that
nothing has to be compiled and nothing can be older than its source.

The language is that of the present request or command. Whoever opens one says how it is chosen;
it is chosen when somebody asks for it first, so that an answer that has no words in it does not
depend on the language.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from babel.messages.catalog import Catalog

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "az", "ja")
# Their names as their speakers write them.
NAMES: Final = {"en": "English", "az": "Azərbaycanca", "ja": "日本語"}
FOLDER: Final = Path(__file__).parent / "translations"
FRONT_END: Final = ".ts"  # the suffix of the files whose words the browser needs


class Speech:
    """The language of one request, chosen when it is asked for first."""

    def __init__(self, choose: Callable[[], str]) -> None:
        """Have the language chosen by a function."""
        self._choose = choose

    @cached_property
    def language(self) -> str:
        """One of `LANGUAGES`."""
        return self._choose()


_present: ContextVar[Speech | None] = ContextVar("speech", default=None)


def open_speech(choose: Callable[[], str]) -> None:
    """Have the language chosen by a function from now on, in this thread or task."""
    _present.set(Speech(choose))


def close_speech() -> None:
    """Speak English again."""
    _present.set(None)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language of `LANGUAGES` for a while."""
    token = _present.set(Speech(lambda: language))
    try:
        yield
    finally:
        _present.reset(token)


def language() -> str:
    """Return the language of the reader, one of `LANGUAGES`."""
    speech = _present.get()
    return speech.language if speech else ENGLISH


def closeness(tag: str, tongue: str = "") -> int:
    """Return 0 for a language itself, 1 for English, 2 for none, 3 for any other.

    The language is that of the reader if none is given; where a text is there in several, the
    reader gets the one with the least number.
    """
    order = (tongue or language(), ENGLISH, "")
    return order.index(tag) if tag in order else len(order)


def foreign(tag: str) -> str:
    """Return a language that is not the reader's; empty for the reader's own, without a mark."""
    return "" if tag == language() else tag


def gettext(message: str, /, **values: object) -> str:
    """Return a message in the reader's language, with `%(name)s` filled in."""
    text = translations().gettext(message) if message else ""  # which is the catalogue's own
    return text % values if values else text


def told(message: str) -> str:
    """Return what the header of a canned query says, in the reader's language."""
    return _load(language(), "questions").gettext(message) if message else ""


def noted(message: str) -> str:
    """Return a message as it is, for the catalogues to have it: `gettext` is called where it goes.

    So a table of the code can hold messages, which are in no language before there is a reader.
    """
    return message


def ngettext(singular: str, plural: str, number: int, /, **values: object) -> str:
    """Return the message that goes with a number, which it may hold as `%(num)s`."""
    text = translations().ngettext(singular, plural, number)
    return text % {"num": number, **values}


def pgettext(context: str, message: str, /, **values: object) -> str:
    """Return a message that only its context tells from another of the same words."""
    text = str(translations().pgettext(context, message))
    return text % values if values else text


def translations() -> NullTranslations:
    """Return the catalogue of the interface in the reader's language; empty for English."""
    return _load(language(), "interface")


def front_end_words(language: str) -> dict[str, Any]:
    """Return the messages of the front end in a language; none for English.

    The value of a message with a plural is the list of its forms.
    """
    return {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for catalogue in read_catalogues(language)
        for message in catalogue
        if any(path.endswith(FRONT_END) for path, _ in message.locations)
        and message.string
        and all(message.string)
    }


@cache
def read_catalogues(language: str) -> tuple[Catalog, ...]:
    """Return the catalogues of a language as they are written."""
    found = []
    for path in sorted((FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            found.append(read_po(file, locale=language, domain=path.stem))
    return tuple(found)


@cache
def _load(language: str, name: str) -> NullTranslations:
    for catalogue in read_catalogues(language):
        if catalogue.domain == name:
            compiled = BytesIO()
            write_mo(compiled, catalogue)
            compiled.seek(0)
            return Translations(compiled)
    return NullTranslations()
