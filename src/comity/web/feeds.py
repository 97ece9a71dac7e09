"""What changed: the page `/changes`, feeds in Atom for all, a pair and a query, and RDF Patch."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, get_template_attribute, redirect, render_template, request

from comity.errors import NotFoundError
from comity.model.licences import BY_SA
from comity.model.terms import ID
from comity.services.changes.telling import ADDED, REMOVED, tell_pair
from comity.services.pages.dates import say_date
from comity.services.pages.reading import read_names
from comity.services.pages.wording import say_number
from comity.services.snippets import address
from comity.services.speech import gettext, language, told
from comity.store.differences import PATCH
from comity.web.atom import ATOM, Entry, Feed, write_feed
from comity.web.dumps import record
from comity.web.exchange import STREAM, Stream
from comity.web.headers import by_content, entity_tag
from comity.web.pages.relations import ordered_codes, require_dyad
from comity.web.presenting import absolute, path, place_of
from comity.web.queries import find_query, request_values
from comity.web.ranges import whole_of
from comity.web.site import graph, holding, is_ours, site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from flask.typing import ResponseReturnValue

    from comity.services.changes.history import History, Step
    from comity.services.changes.telling import PairChange
    from comity.store.differences import Brief

blueprint = Blueprint("feeds", __name__)

MOST_PAIRS: Final = 100
"""Pairs that are named for one step; of the others their number."""
FEW_PAIRS: Final = 10
"""Pairs of a step whose facts the page tells, and that it shows unfolded."""
MOST_TOLD: Final = 40
"""Pairs whose facts the page tells in all its steps, the newest first."""
_PARTS: Final = "changes_parts.html"
_SHORT: Final = 12


@blueprint.get("/changes")
def changes() -> Response:
    """Show what changed from state to state."""
    history = site()["history"]
    steps = []
    left = MOST_TOLD
    for step in history.steps() if history else ():
        brief = _brief(history, step)
        is_told = len(brief.pairs) <= min(FEW_PAIRS, left)
        left -= len(brief.pairs) if is_told else 0
        listed = _pairs(brief)
        told_of = _told(brief) if is_told else [(None, "")] * len(listed)
        pairs = [(pair, *told) for pair, told in zip(listed, told_of, strict=True)]
        more = len(brief.pairs) - len(listed)
        steps.append((step, _title(step, brief), _when(step.when), pairs, more))
    page = render_template(
        "changes.html",
        kept=history is not None,
        kind=history.kind if history else "",
        steps=steps,
        few=FEW_PAIRS,
        began=_when(history.began()) if history else "",
        at=path,
        told=partial(_place, path),
    )
    return by_content(Response(page, mimetype="text/html"))


@blueprint.get("/changes.atom")
def follow_all() -> Response:
    """Send the feed of all changes: one entry a step."""
    history = _history()
    write = get_template_attribute(_PARTS, "pairs")
    entries = []
    for step in history.steps():
        brief = _brief(history, step)
        listed = _pairs(brief)
        content = write(listed, len(brief.pairs) - len(listed), absolute, _absolute)
        entries.append(_entry("changes", step, _title(step, brief), "/changes", content))
    return _send("changes", gettext("Changes"), "/changes", "/changes.atom", entries)


@blueprint.get("/pair/<first>/<second>/changes.atom")
def follow_pair(first: str, second: str) -> ResponseReturnValue:
    """Send the feed of a pair: its facts that came, went or changed, one entry a step."""
    history = _history()
    ordered = ordered_codes(first, second)
    place = f"/pair/{'/'.join(ordered)}"
    if [first, second] != ordered:
        return redirect(path(f"{place}/changes.atom"), code=308)
    pair = "-".join(ordered)
    require_dyad(f"{ID}{pair}", ordered)
    write = get_template_attribute(_PARTS, "facts")
    entries = []
    for step in history.steps():
        change = tell_pair(graph(), _brief(history, step), pair)
        if change is not None:
            content = write(change, _absolute)
            entries.append(_entry(f"changes:{pair}", step, _facts(change), place, content))
    label = read_names(graph(), [ID + pair])(ID + pair).label
    title = gettext("Changes: %(of)s", of=label)
    return _send(f"changes:{pair}", title, place, f"{place}/changes.atom", entries)


@blueprint.get("/queries/<slug>.atom")
def follow_query(slug: str) -> Response:
    """Send the feed of a canned query with its values: the rows that came and went."""
    _history()
    query, values = find_query(slug), request_values()
    comparing = site()["comparing"]
    found = comparing.changes(graph(), query, values) if comparing else []
    page, feed = address("", query, values, ""), address("", query, values, ".atom")
    name = f"queries:{page.removeprefix('/queries/')}"
    write = get_template_attribute(_PARTS, "rows")
    entries = [
        _entry(
            name,
            change.step,
            gettext(
                "Rows: %(added)s came, %(removed)s went",
                added=_figures(len(change.added) + change.more_added),
                removed=_figures(len(change.removed) + change.more_removed),
            ),
            page,
            write(change),
        )
        for change in found
        if change
    ]
    title = gettext("Changes: %(of)s", of=told(query.summary))
    return _send(name, title, page, feed, entries)


@blueprint.get("/changes/<old>..<new>.rdfp")
def send_patch(old: str, new: str) -> Response:
    """Send what leads from one state to another, as RDF Patch; it is written while it is sent."""
    history = _history()
    history.patch(old, new)  # which tells at once whether there is one
    sizes: dict[tuple[str, str], int] = holding().once("patch sizes", dict)
    if (old, new) not in sizes:
        sizes[old, new] = sum(map(len, history.patch(old, new)))
    response = Response(content_type=PATCH.content_type)
    if STREAM in request.environ:
        request.environ[STREAM] = Stream(sizes[old, new], lambda: history.patch(old, new))
    elif request.method != "HEAD":
        response.response = history.patch(old, new)
    response.headers["Content-Length"] = str(sizes[old, new])
    response.headers["Content-Disposition"] = 'attachment; filename="changes.rdfp"'
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(entity_tag(history.kind, old, new, graph().fingerprint))
    return whole_of(response)


def _history() -> History:
    history = site()["history"]
    if history is None:
        raise NotFoundError(
            "This server knows one state of the data, so that nothing can have changed; serve "
            "builds with --build, or a store with --writable, to have feeds."
        )
    return history


def _brief(history: History | None, step: Step) -> Brief:
    """Return what a step changed, read once in each state of the data."""
    if history is None:
        raise NotFoundError(f"Nothing is known of {step.name}.")
    known = history
    return holding().once(("brief", step.name), lambda: known.brief(step))


def _pairs(brief: Brief) -> list[tuple[Any, str, int, int]]:
    listed = list(brief.pairs.items())[:MOST_PAIRS]
    names = read_names(graph(), [ID + pair for pair, _ in listed])
    return [
        (names(ID + pair), f"/pair/{pair.replace('-', '/')}", added, removed)
        for pair, (added, removed) in listed
    ]


def _told(brief: Brief) -> list[tuple[PairChange | None, str]]:
    """Return what changed of each pair, with the number of its facts in words."""
    changes = [tell_pair(graph(), brief, pair) for pair in brief.pairs]
    return [(change, _facts(change) if change else "") for change in changes]


def _title(step: Step, brief: Brief) -> str:
    counts = {"added": _figures(brief.added), "removed": _figures(brief.removed)}
    if step.new.isdecimal():
        return gettext(
            "Commit %(commit)s, statements: %(added)s added, %(removed)s removed",
            commit=step.new,
            **counts,
        )
    return gettext(
        "Build %(build)s, statements: %(added)s added, %(removed)s removed",
        build=step.new[:_SHORT],
        **counts,
    )


def _facts(change: PairChange) -> str:
    numbers = [sum(fact.how == how for fact in change.facts) for how in (ADDED, REMOVED)]
    others = len(change.facts) - sum(numbers) + change.more
    return gettext(
        "Facts: %(added)s added, %(removed)s removed, %(changed)s changed",
        added=_figures(numbers[0]),
        removed=_figures(numbers[1]),
        changed=_figures(others),
    )


def _entry(feed: str, step: Step, title: str, page: str, content: str) -> Entry:
    return Entry(
        name=f"{feed}:{step.name}",
        title=title,
        updated=step.when,
        href=absolute(page),
        content=str(content),
        patch=absolute(f"/changes/{step.name}.rdfp"),
        author=step.who,
    )


def _send(name: str, title: str, page: str, feed: str, entries: Iterable[Entry]) -> Response:
    found = tuple(entries)
    said = record()
    written = Feed(
        name=name,
        title=title,
        subtitle=said.title,
        updated=found[0].updated if found else _history().began(),
        self_href=absolute(feed),
        href=absolute(page),
        author=said.author or said.title,
        language=language(),
        licence=BY_SA if is_ours() else "",
        entries=found,
    )
    return by_content(Response(write_feed(written), content_type=ATOM))


def _absolute(iri: str) -> str | None:
    return _place(absolute, iri)


def _place(at: Callable[[str], str], iri: str) -> str | None:
    place = place_of(iri)
    return None if place is None else at(place)


def _when(time: str) -> str:
    """Return a time of RFC 3339 in words: its day, and the minute in UTC."""
    return f"{say_date(time[:10])}, {time[11:16]} UTC"


def _figures(number: int) -> str:
    return say_number(str(number))
