"""Which sentences of a source the graph covers, excuses, misses, or knows in another wording.

The graph keeps no sentence, only its place and hash. Recorded passages and the sentences of a text
are laid side by side by their hashes; what stands between two that agree has changed, is new, or
is gone. A passage that has kept its words but not its place has moved: its offsets are stale.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from comity.model.sentences import Sentence


_Pair: TypeAlias = "tuple[Passage | None, Sentence | None, int]"


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that a passage states: of which thing, and which property of it."""

    thing: str
    label: str
    property: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence as the graph records it; `excuse` says why it carries no fact."""

    iri: str
    ordinal: int
    section: str
    start: int
    end: int
    sha256: str
    facts: tuple[Fact, ...] = ()
    excuse: str = ""


class State(StrEnum):
    """What is to be said of a sentence."""

    COVERED = "covered"
    EXCUSED = "excused"
    MISSING = "missing"
    CHANGED = "changed"
    MOVED = "moved"
    GONE = "gone"


FAILING = frozenset({State.MISSING, State.CHANGED, State.MOVED, State.GONE})


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence of the text or of the record, or one of each that belong together."""

    state: State
    reason: str
    passage: Passage | None
    sentence: Sentence | None

    @property
    def section(self) -> str:
        """The heading above it, in the text if it stands there."""
        part = self.sentence or self.passage
        return part.section if part else ""

    @property
    def ordinal(self) -> int:
        """Its recorded number, or its number in the text if it is not recorded."""
        part = self.passage or self.sentence
        return part.ordinal if part else 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """All findings in the order of the text."""

    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        """Tell whether nothing is missing, changed, moved or gone."""
        return not any(finding.state in FAILING for finding in self.findings)

    def counts(self) -> Counter[State]:
        """Return how many findings there are of each state."""
        return Counter(finding.state for finding in self.findings)

    def sections(self) -> dict[str, list[Finding]]:
        """Return the findings by section, in the order of the text."""
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.section, []).append(finding)
        return found


def cover(passages: Iterable[Passage], sentences: Sequence[Sentence]) -> Coverage:
    """Return what is to be said of each sentence of a text, given the passages of its source."""
    recorded = sorted(passages, key=lambda passage: passage.ordinal)
    found: list[tuple[int, Finding]] = []
    for passage, sentence, place in _align(recorded, sentences):
        state, reason = _judge(passage, sentence)
        found.append((place, Finding(state, reason, passage, sentence)))
    return Coverage(tuple(finding for _, finding in sorted(found, key=lambda pair: pair[0])))


def _judge(passage: Passage | None, sentence: Sentence | None) -> tuple[State, str]:
    if sentence is None:
        return State.GONE, "the text no longer has this sentence"
    if passage is None:
        return State.MISSING, "the sentence has no passage in the graph"
    if passage.sha256 != sentence.sha256:
        return State.CHANGED, "the sentence has other words than were recorded"
    if not passage.facts and not passage.excuse:
        return State.MISSING, "no claim cites the sentence and no note excuses it"
    moved = _say_move(passage, sentence)
    if moved:
        return State.MOVED, moved
    return (State.COVERED, "") if passage.facts else (State.EXCUSED, passage.excuse)


def _say_move(passage: Passage, sentence: Sentence) -> str:
    """Return how the place of a sentence differs from the recorded one, or nothing."""
    if (passage.start, passage.end) != (sentence.start, sentence.end):
        recorded, now = f"{passage.start}–{passage.end}", f"{sentence.start}–{sentence.end}"
        return f"the sentence was recorded at {recorded} and stands at {now}"
    if passage.ordinal != sentence.ordinal:
        return f"the sentence is now number {sentence.ordinal}"
    if passage.section != sentence.section:
        return f"the sentence was recorded under “{passage.section}”"
    return ""


def _align(passages: Sequence[Passage], sentences: Sequence[Sentence]) -> list[_Pair]:
    """Return what belongs together, each with its place in the text; all occur, most once.

    Two recorded sentences that have become one both stand with that one.
    """
    matcher = SequenceMatcher(
        None,
        [passage.sha256 for passage in passages],
        [sentence.sha256 for sentence in sentences],
        autojunk=False,
    )
    pairs: list[_Pair] = []
    gaps: list[tuple[list[Passage], list[Sentence], tuple[int, int]]] = []
    shift = 0
    steps = matcher.get_opcodes()
    for number, (step, p_from, p_to, s_from, s_to) in enumerate(steps):
        old, new = passages[p_from:p_to], sentences[s_from:s_to]
        if step == "equal":
            pairs += [(p, s, s.start) for p, s in zip(old, new, strict=True)]
            shift = new[-1].start - old[-1].start
        else:
            behind = shift
            if number + 1 < len(steps):
                behind = sentences[s_to].start - passages[p_to].start
            gaps.append((list(old), list(new), (shift, behind)))
    pairs += _reunite(gaps)
    for old, new, shifts in gaps:
        pairs += _fill(old, new, shifts)
    return pairs


def _reunite(
    gaps: list[tuple[list[Passage], list[Sentence], tuple[int, int]]],
) -> list[_Pair]:
    """Take out of the gaps what has only changed its place among the other sentences."""
    loose: dict[str, list[Sentence]] = {}
    for _, new, _ in gaps:
        for sentence in new:
            loose.setdefault(sentence.sha256, []).append(sentence)
    pairs: list[_Pair] = []
    for old, _, _ in gaps:
        for passage in list(old):
            if loose.get(passage.sha256):
                sentence = loose[passage.sha256].pop(0)
                old.remove(passage)
                pairs.append((passage, sentence, sentence.start))
    met = {sentence.ordinal for _, sentence, _ in pairs if sentence}
    for _, new, _ in gaps:
        new[:] = [sentence for sentence in new if sentence.ordinal not in met]
    return pairs


def _fill(old: Sequence[Passage], new: Sequence[Sentence], shifts: tuple[int, int]) -> list[_Pair]:
    """Pair recorded and new sentences of one gap where their places overlap.

    The places recorded are moved as far as the sentences before the gap have moved, or as those
    behind it, whichever fits better.
    """
    shift = max(shifts, key=lambda moved: sum(_overlap(p, s, moved) for p in old for s in new))
    pairs: list[_Pair] = []
    for passage in old:
        best = max(new, key=lambda sentence: _overlap(passage, sentence, shift), default=None)
        if best is None or not _overlap(passage, best, shift):
            pairs.append((passage, None, passage.start + shift))
        else:
            pairs.append((passage, best, best.start))
    unknown = (s for s in new if not any(_overlap(p, s, shift) for p in old))
    return [*pairs, *((None, sentence, sentence.start) for sentence in unknown)]


def _overlap(passage: Passage, sentence: Sentence, shift: int) -> float:
    """Return the common share of two places, from 0 for none to 1 for the same."""
    start, end = passage.start + shift, passage.end + shift
    common = min(end, sentence.end) - max(start, sentence.start)
    return max(common, 0) / (max(end, sentence.end) - min(start, sentence.start))
