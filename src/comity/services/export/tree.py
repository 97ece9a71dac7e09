"""One pair as a tree of JSON: the relation as a web developer would draw it.

The dyad is the root. Its states stand whole under `member`, its facts under `facts` by class and in
the order of time, its missions and common bodies beside them. A fact carries its amounts, its
claims and the issues raised against it; a claim names its passages. Whatever else a thing refers to
is an object with `id`, `type` and `label`, so that nothing has to be looked up to be shown; things
that hang nowhere stand whole in `included`.

It is JSON-LD all the same: read under the embedded context it is the pair's graph again. A claim or
an issue about several things is told under each of them, which says the same again.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from comity.model.terms import NS
from comity.services.export.context import BESIDE, facts_key
from comity.services.export.description import Description
from comity.services.export.jsonld import JsonObject, compact_nodes, dump_document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.export.context import Context
    from comity.services.export.material import Material
    from comity.services.export.ordering import Ordering
    from comity.store.terms import Triple

# What a reference shows of the thing that it refers to, as far as that has it.
_SHOWN: Final = ("id", "type", "label", "title", "sentence", "section")
_CODE: Final = "code:"
_SHOWN_OF_CODE: Final = ("id", "prefLabel")
# Under which key a class hangs on what it is about, and on which classes it does not hang.
_HANGING: Final = {"Claim": ("claims", {"Claim", "Issue"}), "Issue": ("issues", {"Issue"})}


def write_tree(triples: Iterable[Triple], dyad: str, material: Material) -> str:
    """Return the graph of a pair, given by the IRI of its dyad, as a JSON-LD tree."""
    ordering, context = material.ordering, material.context
    nodes = compact_nodes(Description(triples), ordering, context)
    tree = _Tree(nodes, ordering, context).grow(dyad)
    return dump_document({"@context": context, **tree})


class _Tree:
    """Places every thing whole: once, or under each thing that it is about."""

    def __init__(self, nodes: list[JsonObject], ordering: Ordering, context: Context) -> None:
        self.nodes = {node["id"]: node for node in nodes}
        self.kinds = [kind.removeprefix(NS) for kind in ordering.kinds_of_fact()]
        self.references = {
            key
            for key, definition in context.items()
            if isinstance(definition, dict) and definition.get("@type") == "@id"
        }
        self.placed: set[str] = set()
        self.hanging: dict[str, list[tuple[str, JsonObject]]] = defaultdict(list)
        for node in nodes:
            for key, about in self._hooks(node):
                self.hanging[about].append((key, node))

    def grow(self, dyad: str) -> JsonObject:
        """Return the tree under a dyad."""
        root = self._whole(self.nodes.get(dyad, {"id": dyad}))
        evidence = {key: root.pop(key) for key, _ in _HANGING.values() if key in root}
        if "member" in root:
            root["member"] = [self._embedded(each["id"]) for each in _list(root["member"])]
        facts: dict[str, list[JsonObject]] = defaultdict(list)
        beside: dict[str, list[JsonObject]] = defaultdict(list)
        for node in self.nodes.values():
            if dyad in _names(node, "dyad"):
                if kind := self._kind_of_fact(node):
                    facts[facts_key(NS + kind)].append(self._of_dyad(node, dyad))
                elif key := next((BESIDE[each] for each in _types(node) if each in BESIDE), ""):
                    beside[key].append(self._of_dyad(node, dyad))
        rest = [node for name, node in self.nodes.items() if name not in self.placed]
        included = [self._whole(node) for node in rest if not self._hooks(node)]
        tree = {**root, "facts": dict(facts), **beside, **evidence, "included": included}
        return {key: value for key, value in tree.items() if value}

    def _kind_of_fact(self, node: JsonObject) -> str:
        """Return the most special class of fact that a thing belongs to, or an empty text."""
        types = _types(node)
        return next((kind for kind in reversed(self.kinds) if kind in types), "")

    def _of_dyad(self, node: JsonObject, dyad: str) -> JsonObject:
        """Return a thing of the dyad whole, with its amounts, without saying the dyad again."""
        whole = self._whole(node)
        whole["dyad"] = [each for each in _list(whole["dyad"]) if each["id"] != dyad]
        if "amount" in whole:
            whole["amount"] = [self._embedded(each["id"]) for each in _list(whole["amount"])]
        return {key: value for key, value in whole.items() if value != []}

    def _embedded(self, name: str) -> JsonObject:
        """Return a thing whole where it has no place yet, or else a reference to it."""
        if name in self.nodes and name not in self.placed:
            return self._whole(self.nodes[name])
        return self._shown(name)

    def _whole(self, node: JsonObject) -> JsonObject:
        """Return a thing with all that is said of it, claims and issues at the end."""
        self.placed.add(node["id"])
        whole = {key: self._value(key, value) for key, value in node.items()}
        for key, other in self.hanging.get(node["id"], ()):
            whole.setdefault(key, []).append(self._hung(other))
        return whole

    def _hung(self, node: JsonObject) -> JsonObject:
        """Return a claim or an issue without saying again what it hangs on."""
        hooks = {about for _, about in self._hooks(node)}
        hung = self._whole(node)
        hung["about"] = [each for each in _list(hung["about"]) if each["id"] not in hooks]
        return {key: value for key, value in hung.items() if value != []}

    def _hooks(self, node: JsonObject) -> list[tuple[str, str]]:
        """Return what a claim or an issue hangs on, each with the key; nothing for other things."""
        return [
            (key, about)
            for kind, (key, strangers) in _HANGING.items()
            if _types(node) == [kind]
            for about in _names(node, "about")
            if about in self.nodes and not strangers.intersection(_types(self.nodes[about]))
        ]

    def _value(self, key: str, value: Any) -> Any:
        """Return a compacted value with its references shown; texts and numbers stay."""
        if isinstance(value, list):
            return [self._value(key, each) for each in value]
        if isinstance(value, str) and key in self.references:
            return self._shown(value)
        if isinstance(value, dict) and set(value) == {"id"}:
            return self._shown(value["id"])
        return value

    def _shown(self, name: str) -> JsonObject:
        """Return a reference that can be shown as it is."""
        node = self.nodes.get(name, {"id": name})
        keys = _SHOWN_OF_CODE if name.startswith(_CODE) else _SHOWN
        return {key: node[key] for key in keys if key in node}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _names(node: JsonObject, key: str) -> list[str]:
    """Return the things that a property of a compact node refers to."""
    found = _list(node[key]) if key in node else []
    return [each for each in found if isinstance(each, str)]


def _types(node: JsonObject) -> list[str]:
    return _names(node, "type")
