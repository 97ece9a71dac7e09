"""`comity new code` puts a code among its kin, and nothing else is changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from comity.cli import main
from comity.errors import ParameterError
from comity.services.templates.code import VOCABULARIES, NewCode, add_code
from comity.store.parsing import parse_document
from shared_material import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LISTS = (ROOT / VOCABULARIES).read_text(encoding="utf-8")


def a_code(name: str, **given: str) -> NewCode:
    words = {"en": "try", "az": "sınaq", "ja": "試み", "definition": "Short go."}
    return NewCode(**{"name": name, **words, **given})


@pytest.mark.parametrize(
    ("name", "before", "behind"),
    [
        ("event.aaa", "code:event a", "code:event.annexation a"),
        ("event.trial", "code:event.termination a", "code:event.war a"),
        ("event.zzz", "code:event.withdrawal a", "# --- Kinds of facility"),
        ("vote.zzz", "code:vote.yes a", ""),
    ],
)
def test_a_code_stands_among_its_kin(name, before, behind) -> None:
    found = add_code(LISTS, a_code(name))
    place = found.index(f"\ncode:{name} a skos:Concept ;")

    assert found.index(f"\n{before}") < place
    assert not behind or place < found.index(f"\n{behind}")
    new = set(parse_document(found.encode())) - set(parse_document(LISTS.encode()))
    assert len(new) == 9  # class, list, on top both ways, notation, three names, definition
    assert set(parse_document(LISTS.encode())) <= set(parse_document(found.encode()))
    assert found.endswith(" .\n")


def test_a_code_below_another_is_not_on_top() -> None:
    found = add_code(LISTS, a_code("event.flood", broader="event.context"))

    assert '    skos:broader code:event.context ;\n    skos:notation "flood" ;' in found
    assert "code:event.flood ," not in found


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (a_code("flood"), "'flood' names no code"),
        (a_code("evnt.flood"), "no code list of that name, 'evnt'; did you mean event?"),
        (a_code("event.war"), "code:event.war is there already"),
        (a_code("event.flood", broader="aid.grant"), "no code of the list event, 'aid.grant'"),
    ],
)
def test_what_is_wrong_is_told_with_the_remedy(code, complaint) -> None:
    with pytest.raises(ParameterError) as raised:
        add_code(LISTS, code)

    assert complaint in str(raised.value)


def test_the_command_writes_the_lists_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ontology").mkdir()
    shutil.copy(ROOT / VOCABULARIES, tmp_path / VOCABULARIES)
    monkeypatch.setenv("COMITY_ROOT", str(tmp_path))
    words = ["--en", "try", "--az", "sınaq", "--ja", "試み", "--definition", " Short\ngo."]
    with pytest.raises(SystemExit) as left:
        main(["new", "code", "code:event.trial", *words])

    assert not left.value.code
    assert capsys.readouterr().err == f"Wrote {tmp_path / VOCABULARIES}.\n"
    written = (tmp_path / VOCABULARIES).read_text(encoding="utf-8")
    assert written == add_code(LISTS, a_code("event.trial"))
