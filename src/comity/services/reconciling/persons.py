"""Names of persons as people write them: with initials, a title, fewer given names, the surname.

None of these is a name of the data, and each is found only if one person alone may be meant. The
surname is taken to be the last word of a name, which is where the labels have it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from comity.services.reconciling.hits import Hit
from comity.services.reconciling.spelling import is_unspaced, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

_INITIALS: Final = 86.0
_TITLED: Final = 90.0
_FEWER: Final = 80.0
_SURNAME: Final = 75.0
_TITLES: Final = frozenset(
    plain(
        "mr mrs ms miss dr prof professor sir lord lady dame hon honourable honorable he "
        "excellency his her the majesty highness king queen emperor empress prince princess sheikh "
        "shaykh emir sultan president vice deputy acting former prime minister premier "
        "chancellor secretary "
        "general foreign state ambassador consul envoy governor senator chairman chairwoman chair "
        "director head speaker mp phd jr sr of "
        "cenab xanim prezident prezidenti nazir naziri bas sefir sefiri doktor bey efendi bay "
        "bayan "
        "señor señora don doña sr sra presidente ministro ministra embajador embajadora canciller "
        "monsieur madame m mme président ministre ambassadeur herr frau präsident bundeskanzler "
        "kanzlerin botschafter господин госпожа президент министр посол"
    ).split()
)
_ENDS: Final = re.compile(
    r"(?<=\w)(?:元|前)?(?:大統領|首相|総理大臣|総理|外相|外務大臣|大臣|大使|総領事|議長|会長|社長|"
    r"陛下|殿下|閣下|教授|博士|さん|様|氏)$"
)


class Persons:
    """Persons by the words of their names."""

    def __init__(self) -> None:
        """Know none."""
        self._by_last: dict[str, dict[str, set[tuple[str, ...]]]] = {}
        self._by_name: dict[frozenset[str], set[str]] = {}
        self._by_word: dict[str, dict[str, set[tuple[str, ...]]]] = {}
        self._whole: dict[str, set[str]] = {}

    def add(self, iri: str, name: str) -> None:
        """Add a name of a person."""
        parted = tuple(plain(name).split())
        if not parted:
            return
        self._whole.setdefault("".join(parted), set()).add(iri)
        if len(parted) < 2:  # noqa: PLR2004 - nothing of a single word can be left out
            return
        self._by_name.setdefault(frozenset(parted), set()).add(iri)
        self._by_last.setdefault(parted[-1], {}).setdefault(iri, set()).add(parted)
        for word in parted:
            self._by_word.setdefault(word, {}).setdefault(iri, set()).add(parted)

    def find(self, text: str) -> Iterator[Hit]:
        """Yield whom a text names otherwise than the data do."""
        for iri in self._whole.get(plain(_ENDS.sub("", text.strip())).replace(" ", ""), ()):
            yield Hit(iri, _TITLED, 100.0, is_name=True)
        written = plain(re.sub(r"\.(?=\w)", ". ", text)).split()
        kept = [word for word in written if word not in _TITLES]
        if not kept or is_unspaced(kept[0]):
            return
        less = 0.0 if len(kept) == len(written) else 1.0
        if less:
            for iri in self._by_name.get(frozenset(kept), ()):
                yield Hit(iri, _TITLED, 100.0, is_name=True)
        if len(kept) == 1:
            for iri in self._by_last.get(kept[0], {}):
                yield Hit(iri, _SURNAME - less, 100.0, is_name=True)
        elif any(len(word) == 1 for word in kept):
            yield from self._by_initials(kept, less)
        else:
            yield from self._by_fewer(kept, less)

    def _by_initials(self, kept: list[str], less: float) -> Iterator[Hit]:
        """Yield who has the surname, and given names with these initials, first to last."""
        for last in dict.fromkeys((kept[-1], kept[0])):
            given = kept[:-1] if last == kept[-1] else kept[1:]
            for iri, names in self._by_last.get(last, {}).items():
                if any(_begin(given, name[:-1]) for name in names):
                    yield Hit(iri, _INITIALS - less, 100.0, is_name=True)

    def _by_fewer(self, kept: list[str], less: float) -> Iterator[Hit]:
        """Yield who has the first name and these others, but more of them."""
        wanted = set(kept)
        rarest = min((self._by_word.get(word, {}) for word in wanted), key=len)
        for iri, names in rarest.items():
            if any(name[0] in wanted and wanted < set(name) for name in names):
                yield Hit(iri, _FEWER - less, 100.0, is_name=True)


def _begin(given: list[str], names: tuple[str, ...]) -> bool:
    """Tell whether initials, or names, are those that a person has, the first one among them."""
    if not names or names[0][: len(given[0])] != given[0]:
        return False
    rest = iter(names)
    return all(
        any(name == one if len(one) > 1 else name[0] == one for name in rest) for one in given
    )
