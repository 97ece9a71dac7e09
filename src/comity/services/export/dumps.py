"""Dumps: everything or one pair, in each format, by the name of its file.

Dumps(material).file("AZE-JPN.ttl")  what /dumps/AZE-JPN.ttl answers
make_dump(material, CSV_TABLES)      what `comity export --format csv` writes
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from operator import itemgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, cast

from cachetools import LRUCache

from comity.errors import NotFoundError
from comity.model.licences import BY_SA
from comity.model.memory import without_collector
from comity.model.terms import ID
from comity.services.export.archive import write_archive
from comity.services.export.jsonld import write_jsonld
from comity.services.export.lines import write_nquads, write_ntriples, write_rdfxml
from comity.services.export.selection import find_dyad, select
from comity.services.export.tree import write_tree
from comity.services.export.turtle import write_trig, write_turtle
from comity.store import formats
from comity.store.formats import Format, find_format
from comity.store.terms import Quad

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from comity.model.period import Period
    from comity.services.catalog.statistics import Statistics
    from comity.services.export.material import Material
    from comity.store.terms import Triple

CSV_TABLES: Final = Format(
    "csv", "application/zip", "csv.zip", ("graph",), ("zip", "csv-zip"), title="CSV tables (zip)"
)
DUMP_FORMATS: Final = (
    formats.TURTLE,
    formats.TRIG,
    formats.N_TRIPLES,
    formats.N_QUADS,
    formats.JSON_LD,
    formats.RDF_XML,
    CSV_TABLES,
)
EVERYTHING: Final = "comity"
_KEPT_BYTES: Final = 128 * 1024 * 1024
_TRIPLE: Final = itemgetter(0, 1, 2)
OURS: Final = "a knowledge graph of bilateral relations"


@dataclass(frozen=True)
class Dump:
    """One file to download: `name` is `comity` or the local name of a dyad."""

    name: str
    offer: Format
    content: bytes

    @property
    def file(self) -> str:
        """The name of the file."""
        return f"{self.name}.{self.offer.suffix}"

    @property
    def size(self) -> int:
        """The number of its bytes."""
        return len(self.content)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the content, in lower-case hexadecimal."""
        return sha256(self.content).hexdigest()


def make_dump(
    material: Material, offer: Format, *, dyad: str = "", period: Period | None = None
) -> Dump:
    """Return a dump; see `selection.select` for what a pair and a day mean.

    Raises NotFoundError for a pair that is not in the graph, NotAcceptableError for a graph that
    the format cannot write.
    """
    name = find_dyad(material.index, dyad).value.removeprefix(ID) if dyad else EVERYTHING
    quads: Sequence[Quad] = material.quads
    if dyad or (period is not None and not period.is_empty):
        quads = select(quads, material.index, material.ordering, dyad=dyad, period=period)
    if offer == CSV_TABLES:
        title = title_of(name, material)
        licence = BY_SA if material.is_ours else None
        return Dump(name, offer, write_archive(quads, material.ordering, title, licence))
    if offer == formats.JSON_LD and dyad:
        triples = [quad.triple for quad in quads]
        return Dump(name, offer, write_tree(triples, ID + name, material).encode())
    return Dump(name, offer, write_dataset(quads, offer, material))


def write_dataset(quads: Sequence[Quad], offer: Format, material: Material) -> bytes:
    """Return statements in one of the formats for graphs, in the order of the ontology.

    TriG and N-Quads keep the named graphs; the other formats write their union.
    """
    if offer == formats.TURTLE:
        with without_collector():
            # One by one as plain tuples, which Python takes apart faster than those with names.
            plain = cast("Iterator[Triple]", map(_TRIPLE, quads))
            return write_turtle(plain, material.ordering).encode()
    triples = [quad.triple for quad in quads]
    if offer == formats.JSON_LD:
        text = write_jsonld(triples, material.ordering, material.context)
    elif offer == formats.N_TRIPLES:
        text = write_ntriples(triples)
    elif offer == formats.N_QUADS:
        text = write_nquads(quads)
    elif offer == formats.TRIG:
        text = write_trig(quads, material.ordering)
    else:
        return write_rdfxml(triples)
    return text.encode()


def write_graph(triples: Iterable[Triple], offer: Format, material: Material) -> bytes:
    """Return a graph, such as the description of one thing, in one of the formats for graphs."""
    return write_dataset([Quad.of(triple, "") for triple in triples], offer, material)


def dump_format(name: str) -> Format:
    """Return the format of dumps that a name, suffix or media type stands for."""
    return find_format(name, DUMP_FORMATS, of="an export")


def title_of(name: str, material: Material) -> str:
    """Return the title of what a dump holds."""
    if name == EVERYTHING:
        return f"Comity, {OURS}" if material.is_ours else "All data of this server"
    found = material.index.name(find_dyad(material.index, name)) or name
    return f"{found}, from Comity" if material.is_ours else found


class Dumps:
    """All dumps of some statements, each made when first asked for and kept while there is room."""

    def __init__(self, material: Material, lock: AbstractContextManager[Any] | None = None) -> None:
        """Take the statements; whoever holds the lock makes a dump, the others wait."""
        self.material = material
        self._lock = lock or Lock()
        self._made: LRUCache[str, Dump] = LRUCache(_KEPT_BYTES, getsizeof=lambda each: each.size)
        self._kept = Lock()

    def names(self) -> list[str]:
        """Return the names of all dumps without their suffix: everything, then each pair."""
        return [EVERYTHING, *self.material.pairs]

    def span(self) -> tuple[str, str] | None:
        """Return the first and the last day of all facts where they are known without counting."""
        return None

    def statistics(self) -> Statistics:
        """Return how much of what there is."""
        from comity.services.catalog.statistics import count

        return count(self.material.quads)

    def offers(self, name: str) -> tuple[Format, ...]:
        """Return the formats in which there is a dump by this name."""
        del name
        return DUMP_FORMATS

    def file(self, file: str) -> Dump:
        """Return the dump whose file has this name; raises NotFoundError for one there is not."""
        name, _, suffix = file.partition(".")
        offer = next((each for each in DUMP_FORMATS if each.suffix == suffix), None)
        if offer is None or name not in {EVERYTHING, *self.material.pairs}:
            raise NotFoundError(
                f"There is no dump {file!r}; the page /dumps/ lists those there are.",
                suggestions=_near(name, offer, self.material),
            )
        return self._known(file) or self._make(file, "" if name == EVERYTHING else name, offer)

    def _known(self, file: str) -> Dump | None:
        with self._kept:
            return self._made.get(file)

    def _make(self, file: str, dyad: str, offer: Format) -> Dump:
        with self._lock:
            dump = self._known(file)  # made while this one waited
            if dump is None:
                dump = make_dump(self.material, offer, dyad=dyad)
                if dump.size <= self._made.maxsize:
                    with self._kept:
                        self._made[file] = dump
        return dump


def _near(name: str, offer: Format | None, material: Material) -> tuple[str, ...]:
    names = [name] if name in material.pairs else [EVERYTHING, *material.pairs]
    offers = [offer] if offer else DUMP_FORMATS
    return tuple(f"/dumps/{each}.{kind.suffix}" for each in names for kind in offers)[:3]
