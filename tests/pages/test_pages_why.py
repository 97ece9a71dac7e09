"""Every number on every page has a “why?” that works, and every count lists what it counts."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urldefrag, urlsplit

import pytest

from page_reading import Page
from shared_material import ROOT
from why_reading import Tree, has_why, whys

PAGES = (
    "/",
    "/pair/AZE/JPN",
    "/pair/AZE/JPN?as_of=1990-01-01",
    "/pair/AZE/JPN?as_of=2001-06-01",
    "/pair/AZE/JPN?from=2015&to=2015",
    "/compare",
    "/compare?left=AZE-JPN",
    "/compare/AZE-JPN/KOR-TUR",
    "/compare/KOR-TUR/AZE-JPN",
    "/state",
    "/state/AZE",
    "/state/TUR",
    "/state/FRA",
    "/gaps",
    "/gaps?state=AZE",
    "/doc/AZE",
    "/doc/AZE-JPN.visit.1998-02",
    "/doc/AZE-JPN.agreement.friendship-1998",
    "/doc/AZE-JPN.aid.karabakh",
    "/doc/AZE-JPN.aid.karabakh.amount",
    "/doc/AZE-JPN.aid.karabakh.amount.claim.value",
    "/doc/AZE-JPN.obs.trade-2017",
    "/doc/AZE-JPN.tenure.heydar-aliyev",
    "/doc/baku",
    "/doc/ilham-aliyev",
    "/doc/socar",
    "/doc/AZE/graph",
    "/doc/AZE-JPN.visit.1998-02/graph",
    "/sources",
    "/sources/azjp-en",
    "/sources/wikidata",
    "/search?q=embassy",
    "/search?q=nothing-of-that-name",
    "/sparql",
    "/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205&format=html",
    "/resolve?q=Azerbaijn",
    "/dumps/",
    "/changes",
    "/catalog",
    "/queries",
    "/vocabulary",
    "/vocabulary/visit",
    "/vocabulary/currency",
    "/ontology",
    "/shapes",
    "/validate",
    "/panel/codebook",
)
QUERIES = sorted(path.stem for path in (ROOT / "queries" / "catalogue").glob("*.rq"))
ALL = (*PAGES, *(f"/queries/{slug}" for slug in QUERIES))

# What has digits and no why, by page and text, each with its reason.
NO_WHY = (
    (r"/shapes", r".*", "its numbers are parts of the rules that it quotes, word for word"),
    (r"/ontology", r"Gives the .*", "a definition says what a term means, and counts nothing"),
    (r"/queries/relation-graph", r"The first \d+ lines;.*", "it tells how much is shown, of what"),
    (r"/panel/codebook", r"\D.{20,}", "it says what a column means, and counts nothing"),
    (r"/queries/in-force", r".*as_of=2010-01-01.*", "the description tells how to ask"),
)


@pytest.fixture(scope="module")
def address(request) -> str:
    """The address of a page; all tests of one follow each other, so that it is read once."""
    return request.param


@pytest.fixture(scope="module")
def tree(app, address) -> Tree:
    """The page at the address, as a browser gets it."""
    answer = app.test_client().get(address, headers={"Accept": "text/html"})
    return Tree(answer.get_data(as_text=True))


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[int, frozenset[str]]]:
    """What addresses answered, so that each is asked once: the status and the fragments."""
    return {}


@pytest.mark.parametrize("address", ALL, indirect=True)
def test_every_number_has_a_why_beside_it(tree, address):
    assert [str(each) for each in tree.unexplained() if not excused(address, each.text)] == []


@pytest.mark.parametrize("address", ALL, indirect=True)
def test_every_why_leads_to_what_explains_it(browser, tree, found, address):
    lost = []
    # What the rows of answers lead to is asked of few, since they are many and all alike.
    most = 12 if address.startswith("/queries/") else None
    for link in list(whys(tree.main))[:most]:
        target, fragment = urldefrag(link.get("href", ""))
        target = target or address
        if urlsplit(target).netloc:
            continue
        if target not in found:
            found[target] = look_at(browser, target)
        status, fragments = found[target]
        if status != 200 or (fragment and fragment not in fragments):
            lost.append((link.get("href"), status))

    assert lost == []


@pytest.mark.parametrize("address", PAGES, indirect=True)
def test_every_count_lists_exactly_what_it_counts(browser, tree):
    wrong = []
    for cell in tree.main.iter():
        said = cell.text
        for link in cell:
            shown = re.search(r"\d[\d,]*", said or "")
            said = link.tail
            if shown and link.tag == "a" and is_question(link):
                number = int(shown[0].replace(",", ""))
                counted = rows_of(browser, link.get("href", ""))
                if counted != number:
                    wrong.append((number, counted, link.get("href")))

    assert wrong == []


@pytest.mark.parametrize("slug", QUERIES)
def test_every_row_of_an_answer_has_its_why_and_rows_behind_it(browser, slug):
    tree = Tree(browser.get(f"/queries/{slug}").get_data(as_text=True))
    rows = [row for body in tree.main.iter("tbody") for row in body.iter("tr")]

    assert all(has_why(row) for row in rows)
    for row in rows[:5]:
        for link in whys(row):
            if is_question(link):
                assert rows_of(browser, link.get("href", "")) > 0


def test_the_excuses_are_all_needed(browser):
    for page, words, reason in NO_WHY:
        address = next(each for each in ALL if re.fullmatch(page, each))
        tree = Tree(browser.get(address).get_data(as_text=True))
        assert any(re.fullmatch(words, " ".join(n.text.split())) for n in tree.unexplained()), (
            reason
        )


def test_a_why_shows_all_that_stands_behind_a_value(browser):
    tree = Tree(browser.get("/doc/AZE-JPN.obs.trade-2017").get_data(as_text=True))
    opened = [
        " ".join("".join(each.itertext()).split())
        for each in tree.main.iter("details")
        if "why" in each.get("class", "")
    ]
    amount = next(each for each in opened if "amount" in each)

    for words in (
        "22,080,000",
        "disputed",
        "Economic relations, sentence 30",
        "characters 3367–3436",
        "SHA-256 70b87f83829f214005e623511b96d01aefec2aa8c61068862538df7e5887611d",
        "licence CC-BY-SA-4.0",
        "day of retrieval not recorded",
        "The triples",
        "a factor of ten may have been lost",
    ):
        assert words in amount


def test_a_page_that_is_short_of_a_why_is_told():
    page = "<main><h2 id='x'>Facts 3</h2><ul><li>1 <a class='why' href='#x'>w</a><li>2<li>b</ul>"
    more = "<section><h2>Facts 4</h2><ul><li>a</ul></section><table><tr><td>5<td>c</table></main>"

    unexplained = [each.text for each in Tree(page + more).unexplained()]

    assert unexplained == ["2", "Facts 4", "5"]


def excused(address: str, text: str) -> bool:
    words = " ".join(text.split())
    return any(
        re.fullmatch(page, address) and re.fullmatch(said, words) for page, said, _ in NO_WHY
    )


def look_at(client, address: str) -> tuple[int, frozenset[str]]:
    with client.get(address, follow_redirects=True) as answer:
        if answer.mimetype != "text/html":
            return answer.status_code, frozenset()
        return answer.status_code, frozenset(Page(answer.get_data(as_text=True)).ids)


def is_question(link) -> bool:
    return link.get("href", "").startswith("/sparql?query=")


def rows_of(client, address: str) -> int:
    """Return how many rows a question has, or the number that it counts itself."""
    query = parse_qs(urlsplit(address).query)["query"][0]
    answer = client.post("/sparql", data={"query": query}, headers={"Accept": "text/csv"})
    assert answer.status_code == 200, query
    head, *rows = csv.reader(io.StringIO(answer.get_data(as_text=True)))
    return int(rows[0][0]) if head == ["number"] else len(rows)


def test_sentences_of_several_sources_say_whose_they_are(browser):
    both = browser.get("/doc/government-of-japan").get_data(as_text=True)
    one = browser.get("/doc/AZE-JPN.visit.1998-02").get_data(as_text=True)

    assert re.search(r"sentence 9 \(azjp-en\)", both)
    assert re.search(r"sentence 9 \(aljp-en\)", both)
    assert "(azjp-en)" not in one
    assert "sentence 11" in one
