"""The difference of two states: exact, streamed, and a patch that leads from one to the other."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.services.building import make_build
from comity.services.changes.builds import BuildHistory
from comity.store.builds.lines import line_of
from comity.store.canonicalizing import canonical_quads
from comity.store.differences import changed_lines, keep_brief, pair_of, write_patch
from comity.store.differences.brief import MOST_LINES
from random_graphs import DATASETS

LINES = st.lists(st.binary(max_size=3).filter(lambda each: b"\n" not in each), unique=True)


def parts(lines, sizes):
    """Yield sorted lines in parts of some sizes, over and over."""
    rest, turn = sorted(line + b"\n" for line in lines), 0
    while rest:
        size = sizes[turn % len(sizes)]
        yield b"".join(rest[:size])
        rest, turn = rest[size:], turn + 1


def applied(patch, old):
    """Apply a patch to a set of lines by the rules of RDF Patch, and demand that it fits."""
    rows = patch.splitlines(keepends=True)
    heads = [row for row in rows if row.startswith(b"H ")]
    assert [row.split()[1] for row in heads] == [b"id", b"prev"]
    assert rows[len(heads)] == b"TX .\n"
    assert rows[-1] == b"TC .\n"
    held = set(old)
    for row in rows[len(heads) + 1 : -1]:
        if row.startswith(b"A "):
            assert row[2:] not in held
            held.add(row[2:])
        else:
            assert row.startswith(b"D ")
            held.remove(row[2:])
    return held


@given(LINES, LINES, st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_the_difference_is_that_of_the_sets_in_order_however_the_texts_come(old, new, sizes):
    found = list(changed_lines(parts(old, sizes), parts(new, sizes[::-1])))

    assert {line for added, line in found if added} == {
        each + b"\n" for each in set(new) - set(old)
    }
    assert {line for added, line in found if not added} == {
        each + b"\n" for each in set(old) - set(new)
    }
    assert [line for _, line in found] == sorted(line for _, line in found)


@given(DATASETS, DATASETS)
def test_the_patch_applied_to_the_old_graph_gives_the_new_one_and_back(old, new):
    before = sorted({line_of(quad) for quad in canonical_quads(old)})
    after = sorted({line_of(quad) for quad in canonical_quads(new)})
    changes = list(changed_lines([b"".join(before)], [b"".join(after)]))

    forth = b"".join(write_patch(changes, "urn:new", "urn:old"))
    back = b"".join(write_patch(changes, "urn:old", "urn:new", backwards=True))
    assert applied(forth, before) == set(after)
    assert applied(back, after) == set(before)


def test_texts_are_read_only_as_far_as_they_are_needed():
    read = []

    def text(name):
        for number in range(100):
            read.append(name)
            yield f"{number:03} .\n".encode()

    changes = changed_lines(text("old"), (b"".join([b"050 .\n", b"zzz .\n"]),))
    assert next(changes) == (False, b"000 .\n")
    assert read.count("old") == 1


def test_a_brief_counts_all_and_keeps_the_first_lines_of_each_pair(tmp_path):
    subject = b"<https://w3id.org/comity/id/AZE-JPN.visit.%d>"
    lines = [(True, (subject % n) + b" <urn:p> <urn:o> .\n") for n in range(MOST_LINES + 5)]
    lines += [(False, b"<https://w3id.org/comity/id/AZE-KOR> <urn:p> <urn:o> .\n")]
    lines += [(False, b"<https://w3id.org/comity/id/AZE> <urn:p> <urn:o> .\n")]

    made = keep_brief(tmp_path / "a.sqlite", iter(lines))
    again = keep_brief(tmp_path / "a.sqlite", iter(()))

    assert made == again
    assert (made.added, made.removed) == (MOST_LINES + 5, 2)
    assert made.pairs == {"AZE-JPN": (MOST_LINES + 5, 0), "AZE-KOR": (0, 1)}
    assert made.lines("AZE-JPN") == lines[:MOST_LINES]
    assert made.lines("AZE-XXX") == []
    assert [path.name for path in tmp_path.iterdir()] == ["a.sqlite"]


def test_a_brief_that_fails_on_the_way_leaves_nothing(tmp_path):
    def broken():
        yield True, b"<urn:s> <urn:p> <urn:o> .\n"
        raise RuntimeError

    with pytest.raises(RuntimeError):
        keep_brief(tmp_path / "a.sqlite", broken())
    assert list(tmp_path.iterdir()) == []


def test_the_pair_of_a_statement_is_in_the_name_of_its_subject():
    start = b"<https://w3id.org/comity/id/"
    assert pair_of(start + b"AZE-JPN> <urn:p> <urn:o> .") == "AZE-JPN"
    assert pair_of(start + b"AZE-JPN.visit.1998.claim.date> <urn:p> <urn:o> .") == "AZE-JPN"
    assert pair_of(start + b"AZE> <urn:p> " + start + b"AZE-JPN> .") == ""
    assert pair_of(start + b"AZE-JPNX> <urn:p> <urn:o> .") == ""


def test_the_patch_of_two_builds_leads_from_the_one_to_the_other(kept, follower):
    first, _, last = kept
    texts = [
        set(gzip.decompress(each.statements.path.read_bytes()).splitlines(keepends=True))
        for each in (first, last)
    ]

    answer = follower.get(f"/changes/{first.id}..{last.id}.rdfp")
    assert answer.mimetype == "application/rdf-patch"
    assert applied(answer.data, texts[0]) == texts[1]
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert f"H id <https://w3id.org/comity/build/{last.id}> .".encode() in answer.data

    back = follower.get(f"/changes/{last.id}..{first.id}.rdfp")
    assert applied(back.data, texts[1]) == texts[0]
    again = follower.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    none = follower.get(f"/changes/{first.id}..{'0' * 64}.rdfp")
    assert none.status_code == 404
    assert "comity build --keep" in none.get_json()["detail"]


def test_a_folder_that_is_only_read_does_without_what_is_kept(kept, monkeypatch):
    history = BuildHistory(kept[0].folder.parent, kept[-1].id)
    step = history.steps()[0]
    beside = history.brief(step)
    with monkeypatch.context() as patched:
        patched.setattr("comity.services.changes.builds.CHANGES", "manifest-is-a-file/x")
        (kept[0].folder.parent / "manifest-is-a-file").touch()
        aside = history.brief(step)
    (kept[0].folder.parent / "manifest-is-a-file").unlink()

    assert beside.path.parent == kept[0].folder.parent / ".changes"
    assert aside.path.parent != beside.path.parent
    assert (aside.added, aside.removed, aside.pairs) == (beside.added, beside.removed, beside.pairs)
    history.close()
    assert not aside.path.exists()


def test_what_is_kept_of_a_build_goes_with_it(tmp_path, small_repository, kept):
    folder = tmp_path / "builds"
    for name in ("one", "two"):
        more = small_repository / "data" / "relations" / "XAA-XBB-third.ttl"
        more.write_text(
            f"<https://w3id.org/comity/id/{name}> a <https://w3id.org/comity/ns#State> ."
        )
        made = make_build(small_repository, folder, keep=2, checked=True, tell=lambda *_: None)
    history = BuildHistory(folder, made.build.id)
    assert history.brief(history.steps()[0]).path.is_file()
    more.unlink()
    last = make_build(small_repository, folder, keep=1, checked=True, tell=lambda *_: None)

    assert len(last.removed) == 2
    assert list((folder / ".changes").iterdir()) == []
    assert last.build.id == kept[-1].id
