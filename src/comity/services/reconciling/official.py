"""Words for forms of state, learned from how iso-codes translates the names of states in full.

What a language says in the full names of several states, and in no short name, stands for what
their English names in full have in common: `reglando`, in sixteen kingdoms, is a kingdom.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from comity.services.reconciling.spelling import is_unspaced, plain, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.reconciling.forms import Forms

_STATES: Final = 3  # that are named with a word
_NO_FORM: Final = "?"
_SHORTEST: Final = 3  # letters


def words_in_full(
    names: Iterable[tuple[str, str, str]], english: Iterable[tuple[str, str]], forms: Forms
) -> dict[str, frozenset[str]]:
    """Return words as they are compared with the forms that they stand for.

    `names` are language, code of two letters and name, short ones and those in full; `english` are
    codes with the name in full, which `forms` can read.
    """
    said = {code: forms.without(plain(name))[1] for code, name in english}
    by_language: dict[str, dict[str, dict[str, frozenset[str]]]] = {}
    for language, code, name in names:
        parted = frozenset(words(plain(name)))
        by_language.setdefault(language, {}).setdefault(code, {})[name] = parted
    found: dict[str, set[str]] = {}
    for listed in by_language.values():
        for word, meant in _in_full(listed, said).items():
            found.setdefault(word, set()).update(meant)
    return {word: frozenset(meant) for word, meant in found.items()}


def halves_in_full(english: Iterable[tuple[str, str]], forms: Forms) -> dict[str, str]:
    """Return the first of two parts of names in full, by code, if it has several words.

    `Great Britain` is that of the United Kingdom of Great Britain and Northern Ireland.
    """
    found = {}
    for code, name in english:
        first, joint, _ = name.partition(" and ")
        said, of, part = first.partition(" of ")
        is_form = forms.without(f"{plain(said)} {_NO_FORM}")[0] == (_NO_FORM,)
        if joint and of and is_form and " " in part:
            found[code] = plain(part)
    return found


def _in_full(
    listed: dict[str, dict[str, frozenset[str]]], said: dict[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    """Return the words of one language: in a longer name of three states, in no shortest one."""
    short: set[str] = set()
    seen: dict[str, set[str]] = {}
    for code, names in listed.items():
        shortest = min(names.values(), key=len)
        short |= shortest
        for parted in names.values():
            for word in parted - shortest:
                seen.setdefault(word, set()).add(code)
    return {
        word: meant
        for word, codes in seen.items()
        if word not in short
        and len(word) >= _SHORTEST
        and not is_unspaced(word)
        and len(codes) >= _STATES
        and (meant := frozenset.intersection(*(said.get(code, frozenset()) for code in codes)))
    }
