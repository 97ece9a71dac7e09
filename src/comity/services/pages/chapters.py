"""Which chapter of a dossier a fact stands in: decided by its class, then by its domain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from comity.model.terms import CODE, NS
from comity.services.pages.figures import draw_figures
from comity.services.speech import gettext, noted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from comity.services.pages.figures import Figure
    from comity.services.pages.views import Fact

DOMAIN: Final = f"{NS}domain"


@dataclass(frozen=True, slots=True)
class Rule:
    """A chapter, and the classes and domains whose facts stand in it."""

    slug: str
    """The fragment of the chapter."""
    title: str
    """The heading, as the message that the catalogues translate."""
    classes: frozenset[str]
    """Local names of classes whose facts belong here whatever their domain."""
    domains: frozenset[str]
    """Codes of domains whose other facts belong here."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of a dossier."""

    slug: str
    """The fragment of the chapter."""
    title: str
    """The heading."""
    facts: tuple[Fact, ...]
    """The facts that stand in it, in the order of time."""
    figures: tuple[Figure, ...]
    """Their quantities as pictures."""


def _rule(slug: str, title: str, classes: str = "", domains: str = "") -> Rule:
    return Rule(slug, title, frozenset(classes.split()), frozenset(domains.split()))


# The order here is the order on the page; classes win over domains. The titles also stand beside
# the bars of the timeline, where there is room for some 30 letters.
RULES: Final = (
    _rule("politics", noted("Political relations"), "Vote", "politics"),
    _rule("visits", noted("Visits and meetings"), "Visit Meeting"),
    _rule("agreements", noted("Agreements"), "Agreement"),
    _rule("security", noted("Security and defence"), domains="security"),
    _rule("aid", noted("Aid and loans"), "Aid Loan", "aid"),
    _rule("trade", noted("Trade and numbers"), "TradeFlow Observation", "trade socio-economic"),
    _rule("energy", noted("Energy and stakes"), "Stake Acquisition", "energy"),
    _rule("travel", noted("Transport and visas"), "TransportLink VisaRegime", "aviation tourism"),
    _rule(
        "culture",
        noted("Culture, education and health"),
        "Twinning LanguageTeaching",
        "culture education health",
    ),
    _rule("offices", noted("Offices held"), "Tenure"),
)
REST: Final = _rule("other", noted("Other facts"))


def arrange(facts: Iterable[Fact]) -> tuple[Chapter, ...]:
    """Return the chapters that have facts, each fact in exactly one."""
    found: dict[str, list[Fact]] = {}
    for fact in facts:
        found.setdefault(_rule_of(fact).slug, []).append(fact)
    return tuple(
        Chapter(
            rule.slug,
            gettext(rule.title),
            tuple(found[rule.slug]),
            draw_figures(found[rule.slug]),
        )
        for rule in (*RULES, REST)
        if rule.slug in found
    )


def _rule_of(fact: Fact) -> Rule:
    classes = {name.iri.removeprefix(NS) for name in fact.classes}
    for rule in RULES:
        if classes & rule.classes:
            return rule
    domains = {
        value.iri.removeprefix(f"{CODE}domain.")
        for statement in fact.statements
        if statement.property.iri == DOMAIN
        for value in statement.values
        if value.iri
    }
    for rule in RULES:
        if domains & rule.domains:
            return rule
    return REST
