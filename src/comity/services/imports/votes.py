"""Roll calls of the General Assembly of the United Nations: how often two states voted alike.

For each pair and calendar year there are two observations: the share of roll calls on which both
agreed, where one abstention beside a yes or a no counts half, and how many there were.
The votes of pairs that are curated are told one by one.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from comity.errors import UsageError
from comity.services.imports.importer import DataFile, Importer
from comity.services.imports.writing import code, text, thing

if TYPE_CHECKING:
    from comity.services.imports.importer import Work

_NAMELESS: Final = {
    "Federal Republic of Germany": "DEU",
    "Yemen Arab Republic": "YAR",
    "Zanzibar": "ZAN",
}
"""Countries of the file that have no code there."""
_WITHDRAWN: Final = {"CS": "CSK", "DD": "DDR", "YD": "YMD"}
_SEATS: Final = {
    "RU": (("1991-12-24", "SUN"), ("9999", "RUS")),
    "YU": (("2003-07-23", "YUG"), ("2006-09-26", "SCG"), ("9999", "SRB")),
}
"""Who sat on a seat that the file calls by one code throughout, until which day."""
_ANSWERS: Final = {"yes": 1, "abstain": 0, "no": -1}
ALL: Final = "all"


def run(work: Work) -> None:
    """Map the votes of the states asked for; those of curated pairs if none are."""
    wanted = _wanted(work)
    calls: dict[str, dict[str, str]] = {}
    for _, cells in work.rows("roll-calls", ("rcid", "date", "unres", "short", "descr")):
        calls[cells["rcid"]] = cells
        work.report.use()
    # The file is not sorted by roll call throughout, so all of it is held.
    answers: dict[str, dict[str, int]] = {}
    for number, cells in work.rows("votes", ("rcid", "country", "country_code", "vote")):
        here = answers.setdefault(cells["rcid"], {})
        _take(work, calls, here, f"row-{number}", cells)
    tally: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for rcid, here in answers.items():
        _count(work, wanted, calls.get(rcid), here, tally)
    for key, (votes, halves) in tally.items():
        _observe(work, key, votes, halves)


def _wanted(work: Work) -> set[str]:
    """Return the states whose pairs are told."""
    asked = {each.upper() for each in work.options.get("with", ())}
    if ALL.upper() in asked:
        return set(work.spine.states)
    unknown = sorted(asked - work.spine.states)
    if unknown:
        raise UsageError(f"--with {unknown[0]} is no state; give its three letters, or all.")
    return asked or {state for pair in work.spine.dyads for state in pair.split("-")}


def _take(
    work: Work,
    calls: dict[str, dict[str, str]],
    here: dict[str, int],
    place: str,
    cells: dict[str, str],
) -> None:
    report = work.report
    call, answer = calls.get(cells["rcid"]), _ANSWERS.get(cells["vote"])
    if call is None:
        report.skip("no roll call has this number", place, cells["rcid"])
        return
    if answer is None:
        report.skip("a vote that is not known", place, cells["vote"])
        return
    state = _state(work, cells["country"], cells["country_code"], call["date"])
    if not state:
        report.skip("the country is no state of the list", place, cells["country"])
    elif state in here:
        report.skip("a second vote of one state", place, cells["country"])
    else:
        report.use()
        here[state] = answer


def _state(work: Work, country: str, letters: str, day: str) -> str:
    if letters in _SEATS:
        state = next(state for until, state in _SEATS[letters] if day <= until)
        if state not in {"RUS", "YUG"}:
            work.report.note(f"votes under {letters} that are those of {state}")
        return state
    return (
        _WITHDRAWN.get(letters)
        or work.spine.by_code("iso-3166-1-alpha-2", letters)
        or _NAMELESS.get(country, "")
    )


def _count(
    work: Work,
    wanted: set[str],
    call: dict[str, str] | None,
    here: dict[str, int],
    tally: dict[tuple[str, str, str], list[int]],
) -> None:
    """Count a roll call for each pair of a state asked for, and tell it of curated pairs."""
    if call is None:
        return
    year = call["date"][:4]
    for one in here.keys() & wanted:
        mine = here[one]
        for other, theirs in here.items():
            if other == one or (other in wanted and other < one):
                continue
            pair = (one, other, year) if one < other else (other, one, year)
            counts = tally[pair]
            counts[0] += 1
            counts[1] += 2 - abs(mine - theirs)
    for pair_name in sorted(work.spine.dyads):
        one, _, other = pair_name.partition("-")
        if one in here and other in here:
            _ballot(work, pair_name, one, here[one], call)
            _ballot(work, pair_name, other, here[other], call)


def _ballot(work: Work, pair: str, state: str, answer: int, call: dict[str, str]) -> None:
    word = {1: "yes", 0: "abstain", -1: "no"}[answer]
    # Some texts hold stray quotation marks and backslashes; they stay as they are.
    title = call["short"].strip() or call["descr"].strip() or call["unres"] or call["rcid"]
    about = " ".join(filter(None, (call["unres"].strip(), title)))[:300]
    work.fact(
        f"{pair}.vote.un-{call['rcid']}.{state}",
        "Vote",
        f"Vote of {work.spine.label(state)} in roll call {call['rcid']} of the UN General Assembly",
        ("from", thing(state)),
        ("kind", code(f"vote.{word}")),
        ("dcterms:title", text(about, "en")),
        role="votes",
        place=f"rcid-{call['rcid']}",
        domain="politics",
        dyad=pair,
        edtf=call["date"],
    )


def _observe(work: Work, key: tuple[str, str, str], votes: int, halves: int) -> None:
    one, other, year = key
    pair = work.dyad(one, other)
    names = f"{work.spine.label(one)} and {work.spine.label(other)}"
    share = f"{50 * halves / votes:.2f}".rstrip("0").rstrip(".")
    for measure, words, value, unit in (
        ("un-vote-agreement", "Agreement in UN roll calls", share, "percent"),
        ("un-votes-in-common", "UN roll calls that both voted on", str(votes), "roll-call"),
    ):
        local = f"{pair}.obs.{measure}-{year}"
        label = f"{words}: {names}, {year}"
        work.amount(local, label, value, f"unit.{unit}")
        work.fact(
            local,
            "Observation",
            label,
            ("measure", code(f"measure.{measure}")),
            ("amount", thing(f"{local}.amount")),
            role="votes",
            place=f"{one}-{other}-{year}",
            domain="politics",
            dyad=pair,
            edtf=year,
            kind_of_time="cumulative",
        )


_CITED: Final = "Voeten, UN General Assembly Voting Data, via unvotes. "

IMPORTER: Final = Importer(
    name="votes",
    summary="roll calls of the UN General Assembly (Voeten, via unvotes)",
    files=(
        DataFile(
            role="votes",
            names=("un_votes.csv.gz", "un_votes.csv"),
            title="UN General Assembly voting data, votes",
            publisher="Erik Voeten; David Robinson",
            licence="https://creativecommons.org/publicdomain/zero/1.0/",
            page="https://github.com/dgrtwo/unvotes",
            comment=f"{_CITED}A record is a roll call by its number (rcid), or what was computed "
            "from all roll calls of a pair in a year. Absences are not in the data.",
        ),
        DataFile(
            role="roll-calls",
            names=("un_roll_calls.csv",),
            title="UN General Assembly voting data, roll calls",
            publisher="Erik Voeten; David Robinson",
            licence="https://creativecommons.org/publicdomain/zero/1.0/",
            page="https://github.com/dgrtwo/unvotes",
            comment=f"{_CITED}A record is told by its number (rcid).",
        ),
    ),
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    run=run,
    codes=(
        *("measure.un-vote-agreement", "measure.un-votes-in-common", "unit.roll-call"),
        *(f"vote.{each}" for each in _ANSWERS),
    ),
)
