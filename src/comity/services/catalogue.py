"""The catalogue of canned queries: every `.rq` file under `queries/catalogue`, by its slug."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError, DataError, NotFoundError
from comity.model.query import CannedQuery, Problem, parse_query_file
from comity.services.binding import bind, term_of
from comity.services.naming import LONGEST_NAME, NEAR_MATCHES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from comity.store.engine import Graph

FOLDER: Final = "queries/catalogue"


class Catalogue:
    """Canned queries by slug, in the order of their slugs."""

    def __init__(self, queries: Iterable[CannedQuery]) -> None:
        """Keep the queries."""
        self._queries = {query.slug: query for query in sorted(queries, key=lambda q: q.slug)}

    @classmethod
    def load(cls, root: Path) -> Catalogue:
        """Return the catalogue of a repository.

        Raises DataError, with path and line, for the first file that breaks a rule of its header.
        """
        return cls(_read(root, path) for path in sorted((root / FOLDER).glob("*.rq")))

    def all(self) -> tuple[CannedQuery, ...]:
        """Return all queries."""
        return tuple(self._queries.values())

    def get(self, slug: str) -> CannedQuery:
        """Return one query; raises NotFoundError with near matches."""
        if slug in self._queries:
            return self._queries[slug]
        near = self._near(slug[:LONGEST_NAME])
        hint = (
            f"did you mean {' or '.join(near)}?" if near else "the catalogue lists those there are."
        )
        raise NotFoundError(
            f"There is no canned query {slug[:LONGEST_NAME]!r}; {hint}", suggestions=near
        )

    def _near(self, name: str) -> tuple[str, ...]:
        """Return the slugs that are like a name, then those that hold it as one of their words."""
        alike = get_close_matches(name, self._queries, n=NEAR_MATCHES)
        within = [slug for slug in self._queries if f"-{name}" in f"-{slug}"] if name else []
        return tuple(dict.fromkeys((*alike, *within)))[:NEAR_MATCHES]

    def search(self, text: str) -> tuple[CannedQuery, ...]:
        """Return the queries whose header holds every word of a text, in any case."""
        words = text.casefold().split()
        return tuple(
            query for query in self.all() if all(word in _searchable(query) for word in words)
        )


def group_by_tag(queries: Iterable[CannedQuery]) -> dict[str, tuple[CannedQuery, ...]]:
    """Return queries by their first tag, which is their place in the catalogue; tags sorted."""
    groups: dict[str, tuple[CannedQuery, ...]] = {}
    for query in queries:
        tag = query.tags[0]
        groups[tag] = (*groups.get(tag, ()), query)
    return dict(sorted(groups.items()))


def first_questions(queries: Iterable[CannedQuery], most: int) -> list[CannedQuery]:
    """Return what readers ask first: queries by the place in their headers.

    Without one, the first of each tag in turn follow, so that every field is seen.
    """
    queries = tuple(queries)
    placed = sorted((q for q in queries if q.place), key=lambda q: (q.place or 0, q.slug))
    by_tag = group_by_tag(q for q in queries if not q.place).values()
    mixed = [group[turn] for turn in range(most) for group in by_tag if turn < len(group)]
    return [*placed, *mixed][:most]


def samples(query: CannedQuery) -> dict[str, str]:
    """Return a value that is known to work for each parameter: its default, else its example.

    An optional parameter without default is left out.
    """
    return {
        parameter.name: parameter.default or parameter.sample
        for parameter in query.parameters
        if parameter.default or parameter.required
    }


def value_problems(query: CannedQuery, graph: Graph) -> Iterator[Problem]:
    """Yield the defaults and examples that a graph does not hold, and a text that does not run."""
    for parameter in query.parameters:
        for what, value in (("default", parameter.default), ("example", parameter.example)):
            if value is None:
                continue
            try:
                term_of(parameter, value, graph)
            except ComityError as error:
                yield Problem(
                    parameter.line,
                    "parameter-value",
                    f"The {what} of `{parameter.name}` does not work: {error}",
                )
                return
    try:
        graph.query(bind(query, samples(query), graph))
    except ComityError as error:
        yield Problem(1, "query-syntax", f"The query does not run with its defaults: {error}")


def _read(root: Path, path: Path) -> CannedQuery:
    relative = path.relative_to(root).as_posix()
    try:
        return parse_query_file(relative, path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise DataError("the file is not UTF-8; save it as UTF-8.", path=relative) from None


def _searchable(query: CannedQuery) -> str:
    parts = (
        *(query.slug, query.summary, query.description, *query.tags),
        *(f"{column.name} {column.meaning}" for column in query.columns),
        *(f"{parameter.label} {parameter.description}" for parameter in query.parameters),
    )
    return " ".join(parts).casefold()
