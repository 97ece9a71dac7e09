"""The guide for researchers and its notebook do what they say, in pandas, in R and in Jupyter."""

from __future__ import annotations

import doctest
import json
import re
import subprocess
import sys

import pytest

from shared_material import ROOT, program

GUIDE = ROOT / "docs/researchers.md"
NOTEBOOK = ROOT / "docs/notebook.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the panel of the repository."""
    made = tmp_path_factory.mktemp("panel")
    command = ("-m", "comity", "panel", "-o", str(made / "panel.csv"))
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True)
    return made


def blocks(language: str) -> list[str]:
    text = GUIDE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_examples_in_pandas_give_what_they_say(folder, monkeypatch):
    monkeypatch.chdir(folder)
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    text = GUIDE.read_text(encoding="utf-8")
    said: list[str] = []

    found = runner.run(parser.get_doctest(text, {}, GUIDE.name, str(GUIDE), 0), out=said.append)

    assert found.attempted > 8
    assert found.failed == 0, "".join(said)


def test_the_example_in_r_gives_what_it_says(folder):
    rscript = program("Rscript")
    (code,), (expected,) = blocks("r"), blocks("text")

    done = subprocess.run(
        [rscript, "--vanilla", "-e", code], cwd=folder, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout == expected


def test_the_commands_of_the_guide_have_their_options(folder):
    lines = [line[2:] for block in blocks("console") for line in block.splitlines()]
    commands = [line.split()[1:] for line in lines if "--build" not in line]

    assert len(commands) == 2
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-m", "comity", *arguments],
            cwd=folder,
            env={"COMITY_ROOT": str(ROOT), "PATH": ""},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")


def test_the_notebook_holds_no_output_and_each_cell_runs(monkeypatch):
    nbclient, nbformat = pytest.importorskip("nbclient"), pytest.importorskip("nbformat")
    monkeypatch.setenv("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    raw = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    cells = [cell for cell in raw["cells"] if cell["cell_type"] == "code"]
    assert [cell["outputs"] for cell in cells] == [[]] * len(cells)
    assert {cell["execution_count"] for cell in cells} == {None}
    notebook = nbformat.read(NOTEBOOK, as_version=4)

    nbclient.NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}
    ).execute()

    shown = [
        output["data"]["text/plain"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    assert shown[0].startswith("<Comity: ")
    assert "22080000" in shown[1]
    assert "('value', 22080000, 'disputed', [30])" in shown[2]
    assert "<NA>" in shown[3]
