from peers import measuring
from peers.figures import Round
from peers.measuring import compare, measure, texts_of
from peers.workloads import Question, Workload

ONE = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'
NONE = b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'
WORKLOAD = Workload("tiny", "two", (Question("a", "ASK {}\n"), Question("b", "ASK { }\n")))


class Fake:
    def __init__(self, name, answers):
        self.name = self.address = name
        self.answers = answers


def answering(monkeypatch, *systems):
    by_name = {each.name: each for each in systems}

    def fetch(address, text, patience):
        del patience
        return by_name[address].answers[text]

    monkeypatch.setattr(measuring, "fetch", fetch)
    return systems


def test_answers_are_compared_with_the_first_systems(monkeypatch):
    first = Fake("first", {"ASK {}\n": (200, ONE), "ASK { }\n": (200, ONE)})
    other = Fake("other", {"ASK {}\n": (200, ONE), "ASK { }\n": (200, NONE)})
    found = compare(answering(monkeypatch, first, other), WORKLOAD)
    assert found["first"]["counts"] == {"same": 2}
    assert found["other"]["others"] == {"b": "differs"}


def test_an_error_and_a_page_are_no_answers_and_the_next_system_counts_instead(monkeypatch):
    first = Fake("first", {"ASK {}\n": (503, ONE), "ASK { }\n": (200, b"<html>")})
    second = Fake("second", {"ASK {}\n": (200, ONE), "ASK { }\n": (200, ONE)})
    found = compare(answering(monkeypatch, first, second), WORKLOAD)
    assert found["first"]["counts"] == {"no answer": 2}
    assert found["second"]["counts"] == {"same": 2}


def test_cold_texts_are_never_alike_and_warm_ones_come_again():
    cold, warm = texts_of(WORKLOAD, "cold"), texts_of(WORKLOAD, "warm")
    texts = [cold() for _ in range(10)]
    assert len(set(texts)) == 10
    assert texts[0].startswith("ASK {}\n# ")
    assert [warm() for _ in range(3)] == ["ASK {}\n", "ASK { }\n", "ASK {}\n"]


def test_systems_are_asked_in_turns_in_another_order_each_round(monkeypatch):
    asked = []

    def load(address, texts, clients, seconds):
        del texts, clients
        asked.append((address, seconds))
        return Round((0.1,), 1.0, 0)

    monkeypatch.setattr(measuring, "load", load)
    systems = [Fake("a", {}), Fake("b", {})]
    cases = list(measure(systems, [WORKLOAD], 2, 2.0, lambda _: None))
    assert [address for address, seconds in asked if seconds == 2.0][:4] == ["a", "b", "b", "a"]
    assert len(cases) == 2 * 2 * 2
    assert {case["rate"] for case in cases} == {1.0}
