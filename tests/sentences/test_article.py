"""Which lines of an article carry text, and under which heading."""

from __future__ import annotations

import pytest

from comity.model.article import Line, has_words, normalise, text_lines


def read(text: str) -> list[tuple[str, str]]:
    """Return section and text of each line."""
    return [(line.section, text[line.start : line.end]) for line in text_lines(text)]


def entries(text: str) -> list[str]:
    """Return the texts of the lines that are never cut."""
    return [text[line.start : line.end] for line in text_lines(text) if line.entry]


def test_wiki_headings_of_all_levels_open_sections():
    text = "One.\n\n== Trade ==\nTwo.\n\n=== Oil sector ===\nThree.\n==Aid==\nFour."

    assert read(text) == [
        ("Lead", "One."),
        ("Trade", "Two."),
        ("Oil sector", "Three."),
        ("Aid", "Four."),
    ]


def test_hash_headings_open_sections():
    text = "# A and B\n\nOne.\n\n## Trade ##\n\nTwo.\n\n### Oil\nThree."

    assert read(text) == [("Lead", "One."), ("Trade", "Two."), ("Oil", "Three.")]


def test_bare_headings_open_sections():
    text = "One.\n\n\nHistory\n\nTwo.\n\nCivil war[3]\n\nThree.\n\n1990s\n\nFour.\n"

    assert read(text) == [
        ("Lead", "One."),
        ("History", "Two."),
        ("Civil war", "Three."),
        ("1990s", "Four."),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "They also share:",
        "It ended in 1990.",
        "all other areas",
        "Bar = left",
        "-   An item",
        "| A cell |",
        "One two three four five six seven eight nine ten eleven twelve thirteen",
    ],
)
def test_a_line_that_is_no_bare_heading_is_text(line):
    text = f"One.\n\n{line}\n\nTwo."

    assert [section for section, _ in read(text)] == ["Lead"] * 3


def test_a_line_next_to_another_is_no_bare_heading():
    assert [section for section, _ in read("One.\n\nTrade\nTwo.")] == ["Lead"] * 3


def test_bare_headings_are_not_looked_for_where_headings_are_marked():
    text = "One.\n\n== Trade ==\n\nA line alone\n\nTwo."

    assert read(text)[1] == ("Trade", "A line alone")


def test_unequal_signs_are_no_heading():
    assert read("== A ==\n=== B ==\n") == [("A", "=== B ==")]


def test_a_title_above_the_text_is_no_section():
    assert read("= A and B =\nOne.\n== C ==\nTwo.") == [("Lead", "One."), ("C", "Two.")]
    assert read("A and B\n\nOne.\n\n\nC\n\nTwo.") == [("Lead", "One."), ("C", "Two.")]


def test_end_matter_is_entries_until_a_heading_of_the_same_level():
    text = (
        "== See also ==\nA. B.\n=== Books ===\nC. D.\n== Trade ==\nE. F.\n"
        "== References ==\n[1] G. H. I, p. 3. J.\n[2]\n"
    )

    assert entries(text) == ["A. B.", "C. D.", "G. H. I, p. 3. J."]


def test_a_short_line_among_bare_end_matter_is_an_entry():
    text = "One.\n\n\nReferences\n\nA_and_B Relations of B\n\n[1]\n\n[2] A book (1990)\n"

    assert read(text)[1:] == [
        ("References", "A_and_B Relations of B"),
        ("References", "A book (1990)"),
    ]


@pytest.mark.parametrize(
    "row",
    ["-   Wine;", "* Wine;", "** Wine;", "    -   Wine;", "- -   Wine;", "• Wine;", "[4] Wine;"],
)
def test_list_markers_are_no_text(row):
    assert read(f"Goods:\n{row}") == [("Lead", "Goods:"), ("Lead", "Wine;")]


def test_a_table_row_is_one_entry_from_first_to_last_cell():
    text = "+---+----+\n| A | B  |\n+===+====+\n| c | 1990[1] |\n|   | E. |\n+---+----+"

    assert read(text) == [("Lead", "A | B"), ("Lead", "c | 1990[1]"), ("Lead", "E.")]
    assert entries(text) == ["A | B", "c | 1990[1]"]


def test_a_cell_that_is_a_sentence_makes_its_row_text():
    text = "| Foo | It began. It ended.[3] |\n| Foo | Bar, B.C. |"

    assert read(text) == [
        ("Lead", "Foo"),
        ("Lead", "It began. It ended.[3]"),
        ("Lead", "Foo | Bar, B.C."),
    ]
    assert entries(text) == ["Foo | Bar, B.C."]


def test_the_only_cell_with_words_is_read_as_text():
    text = "|   | [18] | -   One. Two.[3]   |"

    assert list(text_lines(text)) == [Line("Lead", 17, 29, entry=False)]


@pytest.mark.parametrize("row", ["", "   ", "+-----+", "|---|---|", "[12]", "[1][2]", "***", "..."])
def test_a_line_without_words_is_no_text(row):
    assert not has_words(row)
    assert read(f"One.\n{row}\nTwo.") == [("Lead", "One."), ("Lead", "Two.")]


def test_normalising_joins_what_composes_and_unifies_line_breaks():
    assert normalise("\ufeffMale\u0301\r\nx\ry\n") == "Mal\u00e9\nx\ny\n"
