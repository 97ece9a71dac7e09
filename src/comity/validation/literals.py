"""Checks of single literals: their datatype, value, language, spaces, and form in the store."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from comity.model.terms import NS, PREFIXES, RDFS, SKOS, XSD
from comity.store.engine import Graph
from comity.store.terms import LANG_STRING, STRING, Iri, Literal, Quad
from comity.validation.findings import Rule, Severity
from comity.validation.known import known_datatypes
from comity.validation.likeness import nearest_iri
from comity.validation.naming import short_name, shown
from comity.validation.queries import select
from comity.validation.reading import TYPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from comity.validation.corpus import Corpus, Located
    from comity.validation.findings import Finding

FORM: Final = Rule(
    "literal-form", Severity.ERROR, "A literal is written as the store gives it back."
)
VALUE: Final = Rule("literal-value", Severity.ERROR, "A literal is a value of its datatype.")
DATATYPE: Final = Rule("unknown-datatype", Severity.ERROR, "A literal has a datatype that exists.")
LANGUAGE: Final = Rule(
    "language-tag",
    Severity.ERROR,
    "A text that people read is marked en, az or ja; another name may be of any language.",
)
SPACING: Final = Rule("text-spacing", Severity.ERROR, "A text has no stray spaces or signs.")

LANGUAGES: Final = ("en", "az", "ja")
_TEXTS: Final = frozenset(
    [
        *(f"{RDFS}{name}" for name in ("label", "comment")),
        *(
            f"{SKOS}{name}"
            for name in (
                *("prefLabel", "altLabel", "hiddenLabel", "definition", "example", "note"),
                *("scopeNote", "editorialNote", "historyNote", "changeNote"),
            )
        ),
        *(f"{PREFIXES['dcterms']}{name}" for name in ("title", "description")),
        *(f"{NS}{name}" for name in ("purpose", "section")),
    ]
)
_OTHER_NAMES: Final = frozenset({f"{SKOS}altLabel", f"{SKOS}hiddenLabel"})
_PATTERNS: Final = {
    "integer": r"[+-]?\d+",
    "decimal": r"[+-]?(\d+(\.\d*)?|\.\d+)",
    "double": r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|[+-]?INF|NaN",
    "boolean": r"true|false|1|0",
    "date": r"-?\d{4,}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?",
    "dateTime": r"-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?",
    "gYear": r"-?\d{4,}(Z|[+-]\d\d:\d\d)?",
    "gYearMonth": r"-?\d{4,}-(0[1-9]|1[0-2])(Z|[+-]\d\d:\d\d)?",
    "nonNegativeInteger": r"\+?\d+|-0",
    "positiveInteger": r"\+?0*[1-9]\d*",
}
_VALID: Final = {f"{XSD}{name}": re.compile(text) for name, text in _PATTERNS.items()}
_STRAY: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_SPACES: Final = re.compile(r"^\s|\s$|[  \t]{2}|\t|\xa0")


def check_literals(corpus: Corpus) -> Iterator[Finding]:
    """Report literals of no datatype, no value, no language, or with stray signs."""
    own = {f"{RDFS}Datatype"}
    datatypes = known_datatypes() | {
        subject
        for subject in corpus.by_subject
        if own & corpus.types(subject)  # such as code:hs, the system of a notation
    }
    known: dict[tuple[Literal, bool, bool], list[tuple[Rule, str]]] = {}
    for located in corpus:
        term = located.statement.object
        if isinstance(term, Literal):
            predicate = located.statement.predicate
            key = term, predicate in _TEXTS, predicate in _OTHER_NAMES
            if key not in known:
                known[key] = list(_faults(*key, datatypes))
            for rule, message in known[key]:
                yield _finding(corpus, rule, located, message)


def _faults(
    term: Literal,
    is_text: bool,
    is_other_name: bool,
    datatypes: frozenset[str] | set[str],
) -> Iterator[tuple[Rule, str]]:
    if term.datatype not in datatypes:
        guess = nearest_iri(term.datatype, datatypes)
        remedy = f" Did you mean {short_name(guess)}?" if guess else " Use one of xsd: or edtf:."
        yield DATATYPE, f"{short_name(term.datatype)} is no datatype.{remedy}"
    elif not _is_valid(term):
        yield VALUE, f"{shown(term)} does not exist. Correct the {_noun(term.datatype)}."
    elif term.datatype == f"{XSD}date" and not re.fullmatch(r"[\d-]+", term.lexical):
        yield VALUE, f"The date {term.lexical} has a time zone. Write {term.lexical[:10]}."
    if term.datatype == LANG_STRING and not is_other_name and term.language not in LANGUAGES:
        yield LANGUAGE, f"{shown(term)} is marked {term.language}. Mark it en, az or ja."
    elif term.datatype == STRING and is_text:
        yield (
            LANGUAGE,
            f"{shown(term)} has no language. Add @en, @az or @ja behind the quotation mark.",
        )
    if term.datatype in {STRING, LANG_STRING}:
        problem = _spacing(term.lexical)
        if problem:
            yield SPACING, f"{shown(term)} {problem}"


def _is_valid(term: Literal) -> bool:
    pattern = _VALID.get(term.datatype)
    if pattern is None:
        return True
    if not pattern.fullmatch(term.lexical):
        return False
    try:
        if term.datatype == f"{XSD}date":
            date.fromisoformat(term.lexical[:10])
        elif term.datatype == f"{XSD}dateTime":
            datetime.fromisoformat(term.lexical[:19])
    except ValueError:
        return False
    return True


def _noun(datatype: str) -> str:
    name = datatype.removeprefix(XSD)
    nouns = {"date": "date", "gYear": "year", "gYearMonth": "month", "boolean": "truth value"}
    return nouns.get(name, "number")


def _spacing(text: str) -> str:
    if not text.strip():
        return "is empty. Write a text or remove the line."
    if _STRAY.search(text):
        return "holds a sign that nobody can see. Type the text anew."
    if _SPACES.search(text):
        return "has a space at its beginning or end, or two together. Remove it."
    if not unicodedata.is_normalized("NFC", text):
        return "is not in Unicode's form NFC. Type its accented letters anew."
    return ""


def check_literal_forms(corpus: Corpus) -> Iterator[Finding]:
    """Report literals that the engine would give back in another form (it is asked)."""
    plain = {STRING, LANG_STRING}
    terms = {
        located.statement.object
        for located in corpus
        if isinstance(located.statement.object, Literal)
        and located.statement.object.datatype not in plain
        and _is_valid(located.statement.object)
    }
    rewritten = _rewritten(sorted(terms, key=lambda term: (term.datatype, term.lexical)))
    for located in corpus if rewritten else ():
        term = located.statement.object
        if isinstance(term, Literal) and term in rewritten:
            new = rewritten[term]
            message = f"The store would turn {shown(term)} into {shown(new)}. Write {shown(new)}."
            yield _finding(corpus, FORM, located, message)


def _rewritten(terms: list[Literal]) -> dict[Literal, Literal]:
    """Return those that a trip through the engine's store changes, each with what comes back."""
    graph = Graph.of(
        Quad(Iri(f"urn:literal:{number}"), Iri(TYPE), term, "urn:literals")
        for number, term in enumerate(terms)
    )
    changed = {}
    for row in select(graph, "SELECT ?subject ?new { ?subject ?property ?new }"):
        subject, new = row["subject"], row["new"]
        if isinstance(subject, Iri) and isinstance(new, Literal):
            old = terms[int(subject.value.rpartition(":")[2])]
            if new != old:
                changed[old] = new
    return changed


def _finding(corpus: Corpus, rule: Rule, located: Located, message: str) -> Finding:
    statement = located.statement
    name = corpus.name(statement.subject)
    return corpus.finding(
        rule,
        f"{name}, {short_name(statement.predicate)}: {message}",
        at=located.place,
        entity=statement.subject,
        value=statement.object,
    )
