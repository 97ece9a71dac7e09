import xml.etree.ElementTree as ET

from peers.report import number, picture, section, write_report

FIGURES = {"least": 1.0, "most": 3.0, "p50": 0.5, "p95": 1.25, "requests": 9, "failures": 0}


def results(rate):
    case = {"workload": "tiny", "heat": "cold", "clients": 1}
    return {
        "statements": 1_000_000,
        "machine": "a machine",
        "date": "2026-01-01",
        "rounds": 3,
        "seconds": 2.0,
        "load": 1.0,
        "workloads": {"tiny": ["one row", 40]},
        "systems": {
            "comity": {"title": "Comity", "version": "1", "memory": 1e8},
            "peer": {"title": "Peer <&>", "version": "2", "memory": 2e8},
        },
        "absent": {"other": "it is not installed."},
        "agreement": {
            "tiny": {
                "comity": {"counts": {"same": 40}, "others": {}},
                "peer": {"counts": {"same": 39, "differs": 1}, "others": {"ask 0": "differs"}},
            }
        },
        "measured": [
            {**case, "system": "comity", "rate": 100.0, **FIGURES},
            {**case, "system": "peer", "rate": rate, **FIGURES},
        ],
    }


def test_a_report_tells_each_figure_and_how_often_comity_is_faster():
    text = "\n".join(section(results(200.0), "x.svg"))
    assert "| cold | 1 | Peer <&> | 200 | 1–3 | 0.5 | 1.25 | 0 | 0.5 |" in text
    assert "| Peer <&> | 39 | 0 | 0 | 1 | 0 | 0 |" in text
    assert "| other | absent: it is not installed. | |" in text


def test_a_peer_that_answered_nothing_has_no_ratio():
    assert "| Peer <&> | 0 | 1–3 | 0.5 | 1.25 | 0 |  |" in "\n".join(section(results(0.0), "x.svg"))


def test_a_picture_is_well_formed_and_tells_a_faster_peer_from_a_slower_one():
    faster, slower = (picture(results(rate)) for rate in (200.0, 50.0))
    assert ET.fromstring(faster).tag.endswith("svg")  # noqa: S314 - made here
    assert "#b5483a" in faster
    assert "#b5483a" not in slower


def test_numbers_have_three_digits():
    assert [number(each) for each in (1234.5, 99.94, 0.01234, None)] == [
        *("1,234", "99.9", "0.0123"),
        "–",
    ]


def test_a_report_is_written_between_its_marks(tmp_path):
    import json

    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "1m.json").write_text(json.dumps(results(50.0)))
    readme = tmp_path / "README.md"
    readme.write_text("# By hand\n<!-- results -->\nearlier\n<!-- end of results -->\nmore\n")
    write_report(tmp_path / "results")
    write_report(tmp_path / "results")
    text = readme.read_text()
    assert text.startswith("# By hand\n<!-- results -->\n")
    assert text.endswith("<!-- end of results -->\nmore\n")
    assert "earlier" not in text
    assert text.count("### 1,000,000 statements") == 1
    assert (tmp_path / "results" / "1m.svg").is_file()
