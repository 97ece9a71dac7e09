"""Ambassadors, foreign ministers and leaders of EveryPolitician's lists, made from Wikidata.

An ambassador's tenure belongs to the pair of sender and host; that of a minister or a leader to no
pair. An empty end means that none is recorded, not that somebody is still in office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from comity.model.terms import CODE, ID, NS
from comity.services.imports.curated import Curated
from comity.services.imports.importer import DataFile, Importer
from comity.services.imports.spine import WIKIDATA
from comity.services.imports.writing import code, slug, text, thing
from comity.services.selecting import select
from comity.store.terms import Iri

if TYPE_CHECKING:
    from comity.services.imports.importer import Work

_ABROAD: Final = "ambassador to "
_NAMES: Final = {
    "People's Republic of China": "CHN",
    "Turkey": "TUR",
    "Côte d'Ivoire": "CIV",
}
"""Names of hosts that are neither labels nor other names in the list of states."""
_OFFICES: Final = {
    "Emperor": "head-of-state",
    "President": "head-of-state",
    "Prime Minister": "head-of-government",
    "Minister for Foreign Affairs": "foreign-minister",
    "Minister of Foreign Affairs": "foreign-minister",
}
_HOLDERS: Final = {"japan": "JPN", "azerbaijan": "AZE"}


class Term(NamedTuple):
    """A time in an office, as a row tells it."""

    role: str
    place: str
    person: str
    item: str
    post: str
    title: str
    start: str
    end: str
    dyad: str = ""


class _Cast:
    """The persons and posts that were described already."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.curated = Curated(work, "japan")
        self.done: set[str] = set()
        self.tenures: set[str] = set()
        pattern = f"?p <{NS}kind> ?k ; <{NS}postOf> ?f OPTIONAL {{ ?p <{NS}to> ?t }}"
        rows = select(work.spine.graph, f"SELECT ?p ?k ?f ?t {{ {pattern} }} ORDER BY ?p")
        self.posts = {
            (_local(kind, CODE), _local(state, ID), _local(host, ID)): _local(post, ID)
            for post, kind, state, host in rows
        }
        """The posts that are curated, by their kind, state and host."""


def _local(term: object, namespace: str) -> str:
    return term.value.removeprefix(namespace) if isinstance(term, Iri) else ""


def run(work: Work) -> None:
    """Map every row of the lists that were given to a Tenure."""
    cast = _Cast(work)
    for role, state in _HOLDERS.items():
        if role in work.given:
            _holders(cast, role, state)
    if "ministers" in work.given:
        _listed(cast, "ministers", "foreign-minister", _MINISTERS)
    if "leaders" in work.given:
        _listed(cast, "leaders", "leader", _LEADERS)


def _holders(cast: _Cast, role: str, state: str) -> None:
    work, spine = cast.work, cast.work.spine
    columns = ("position", "person", "personID", "start", "end")
    for number, cells in work.rows(role, columns):
        place, position = f"{role}-row-{number}", cells["position"]
        if position.startswith(_ABROAD):
            name = position.removeprefix(_ABROAD).removeprefix("the ")
            host = spine.by_name(name) or _NAMES.get(name, "")
            if host not in spine.states:
                work.report.skip("the host is no state of the list", place, name)
                continue
            pair = work.dyad(state, host)
            post = cast.posts.get(
                ("post.ambassador", state, host), f"import.post.{state}.ambassador.{host}"
            )
            title = f"Ambassador of {spine.label(state)} to {spine.label(host)}"
            _post(cast, post, title, "ambassador", state, host=host, role=role, place=place)
        elif position in _OFFICES:
            pair, kind = "", _OFFICES[position]
            post = cast.posts.get(
                (f"post.{kind}", state, ""), f"import.post.{state}.{slug(position).lower()}"
            )
            title = f"{position} of {spine.label(state)}"
            _post(cast, post, title, kind, state, role=role, place=place)
        elif position.startswith("ambassador"):
            work.report.skip("an ambassador without a host", place, position)
            continue
        else:
            work.report.skip("an office at home", place, position)
            continue
        _tenure(
            cast,
            Term(
                *(role, place, cells["person"], cells["personID"], post, title),
                *(cells["start"], cells["end"], pair),
            ),
        )


class _Columns(NamedTuple):
    """What a list of the whole world calls its columns; without an `end` none is recorded."""

    state: str
    country: str
    person: str
    name: str
    start: str
    end: str = ""


_MINISTERS: Final = _Columns("country", "countryLabel", "person", "name", "start")
_LEADERS: Final = _Columns(
    *("countryid", "country", "officeholder", "officeholderLabel", "start_year", "end_year")
)


def _listed(cast: _Cast, role: str, kind: str, names: _Columns) -> None:
    """Tell of the tenures in a list of the whole world, all in posts of one kind."""
    work, spine = cast.work, cast.work.spine
    columns = (*filter(None, names), "position", "positionLabel")
    for number, cells in work.rows(role, columns):
        place, state = f"{role}-row-{number}", spine.items.get(cells[names.state], "")
        if state not in spine.states:
            work.report.skip("the country is no state of the list", place, cells[names.country])
        elif not cells[names.person]:
            work.report.skip("no person", place, cells[names.country])
        else:
            post = f"import.post.{state}.{cells['position']}"
            title = f"{cells['positionLabel']}, {spine.label(state)} ({cells['position']})"
            _post(cast, post, title, kind, state, role=role, place=place)
            end = cells[names.end] if names.end else ""
            _tenure(
                cast,
                Term(
                    *(role, place, cells[names.name], cells[names.person], post, title),
                    *(cells[names.start], end),
                ),
            )


def _post(
    cast: _Cast,
    local: str,
    title: str,
    kind: str,
    state: str,
    *,
    role: str,
    place: str,
    host: str = "",
) -> None:
    if local in cast.done or not local.startswith("import."):
        return
    cast.done.add(local)
    said = [
        ("rdfs:label", text(title, "en")),
        ("kind", code(f"post.{kind}")),
        ("postOf", thing(state)),
    ]
    if host:
        said += [("from", thing(state)), ("to", thing(host))]
    cast.work.thing(local, "Post", *said, role=role, place=place)


def _tenure(cast: _Cast, term: Term) -> None:
    work = cast.work
    if not term.item.startswith("Q"):
        work.report.skip("no person", term.place, term.person)
        return
    start, end = (each[:10] for each in (term.start, term.end))
    begins = f"{term.dyad}.tenure" if term.dyad else "import.tenure"
    local = f"{begins}.{term.item}.{term.post.rpartition('post.')[2]}.{start or 'undated'}"
    if local in cast.tenures:
        work.report.skip("told before", term.place, term.person)
        return
    cast.tenures.add(local)
    holder = cast.curated.local("Person", term.item) or f"person.{term.item}"
    if holder == f"person.{term.item}" and holder not in cast.done:
        cast.done.add(holder)
        work.thing(
            holder,
            "Person",
            ("rdfs:label", text(f"{term.person} ({term.item})", "en")),
            ("nameAsStated", text(term.person)),
            ("skos:exactMatch", f"<{WIKIDATA}{term.item}>"),
            role=term.role,
            place=term.place,
        )
    edtf = f"{start}/{end}" if start or end else ""
    work.report.use()
    work.fact(
        local,
        "Tenure",
        f"{term.person} ({term.item}) as {term.title}{f', {start}–{end}' if edtf else ''}",
        ("holder", thing(holder)),
        ("post", thing(term.post)),
        role=term.role,
        place=term.place,
        domain="politics",
        dyad=term.dyad,
        edtf=edtf,
        kind_of_time="throughout",
    )


def _file(role: str, name: str, title: str, repository: str, known: dict[str, str]) -> DataFile:
    return DataFile(
        role=role,
        names=(name,),
        title=title,
        publisher="EveryPolitician scrapers, from Wikidata",
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        page=f"https://github.com/every-politician-scrapers/{repository}",
        comment="Wikidata, via EveryPolitician scrapers. Neither the file nor its repository "
        "carries a licence; its content is Wikidata's (CC0). A record is told by its row.",
        known=known,
        needed=False,
    )


IMPORTER: Final = Importer(
    name="office-holders",
    summary="ambassadors, foreign ministers and leaders (EveryPolitician, from Wikidata)",
    files=(
        _file(
            "japan",
            "japan-holders21.csv",
            "Office holders of Japan",
            "japan-ministers",
            {"5cdb168c2ea6a126e0ea342703ff2471538da80e0a42a23e15571533649fddf4": "2022-07-21"},
        ),
        _file(
            "azerbaijan",
            "azerbaijan-holders21.csv",
            "Office holders of Azerbaijan",
            "azerbaijan-cabinet",
            {"7a1e31b8aa1399870c192ea378acab50474bc8cbe499c7149e84fa849f261e94": "2022-07-18"},
        ),
        _file(
            "ministers",
            "world-foreign-ministers.csv",
            "Foreign ministers",
            "world",
            {"50dc4f7519b16696fb035a0804d20112e81bc6d769dd8239a69176c7ec74d1b0": "2023-01-10"},
        ),
        _file(
            "leaders",
            "world-leaders-2021.csv",
            "Heads of state and government",
            "world-leaders-2021",
            {"8f625bf0c89411b3dec0654fe0674e92c1e4712e6854ca4de772b2fbf71c7b15": "2022-10-10"},
        ),
    ),
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    run=run,
    codes=(
        *("post.ambassador", "post.leader"),
        *sorted({f"post.{each}" for each in _OFFICES.values()}),
    ),
)
