"""The messages of the interface, taken from the code, the templates and the canned queries.

`make messages` writes them into the catalogues of each language, where what is not translated yet
stays empty and what is no longer used is dropped; a test holds the catalogues to what is written
here. Run it after a sentence was changed.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from comity.model.query import parse_query_file
from comity.services.results import in_words
from comity.services.speech import ENGLISH, FOLDER, LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "comity"
QUESTIONS = ROOT / "queries" / "catalogue"
CATALOGUES = ("interface", "questions")
METHODS = [
    ("**/templates/**.html", "jinja2"),
    ("web/frontend/src/**.ts", "javascript"),
    ("web/**.py", "python"),
    ("services/**.py", "python"),
]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS: dict[str, Any] = {
    "gettext": None,
    "_": None,
    "noted": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
}
WIDTH = 100
HEAD = """\
# Written for Comity and not yet read by somebody who grew up with the language: corrections are
# welcome. `make messages` keeps the messages those of the code.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def main() -> int:
    """Write the messages into all catalogues and tell what is missing."""
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        for name in CATALOGUES:
            path, text = path_of(language, name), written(language, name)
            if not path.exists() or path.read_text("utf-8") != text:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8")
            missing = [each for each in updated(language, name) if each.id and not is_whole(each)]
            sys.stdout.write(f"{path.relative_to(ROOT)}: {len(missing)} messages to translate\n")
    return 0


def written(language: str, name: str) -> str:
    """Return the text of a catalogue that has the messages of today."""
    catalogue, file = updated(language, name), BytesIO()
    write_po(
        file, catalogue, width=WIDTH, omit_header=True, include_lineno=False, sort_by_file=True
    )
    return HEAD.format(language=language, plural=catalogue.plural_forms) + file.getvalue().decode()


def path_of(language: str, name: str) -> Path:
    """Return the path of a catalogue."""
    return FOLDER / language / f"{name}.po"


def updated(language: str, name: str) -> Catalog:
    """Return a catalogue with the messages of today and the translations there are."""
    path = path_of(language, name)
    catalogue = Catalog(locale=language, project="Comity", fuzzy=False)
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
    catalogue.update(template(name), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        if message.fuzzy and message.id:  # it has become a plural, or ceased to be one
            message.flags.discard("fuzzy")
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""
    return catalogue


def template(name: str) -> Catalog:
    """Return the messages that a catalogue has to have."""
    found = Catalog(project="Comity", fuzzy=False)
    for message, context, place, comments in _TAKEN[name]():
        found.add(message, context=context, locations=[(place, 0)], auto_comments=comments)
    return found


def is_whole(message: Any) -> bool:
    """Tell whether a message has a translation in each of its forms."""
    text = message.string
    return bool(text) if isinstance(text, str) else bool(text) and all(text)


def interface() -> Iterator[tuple[Any, str | None, str, list[str]]]:
    """Yield message, context, file and comments for everything that code and templates say."""
    found = extract_from_dir(
        SOURCES,
        method_map=METHODS,
        options_map=OPTIONS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
        directory_filter=lambda folder: Path(folder).name not in {"node_modules", "static"},
    )
    for file, _, message, comments, context in sorted(found, key=lambda each: (each[0], each[1])):
        yield message, context, file, list(comments)


def questions() -> Iterator[tuple[Any, str | None, str, list[str]]]:
    """Yield message, context, file and comments for what the headers of the queries say."""
    for path in sorted(QUESTIONS.glob("*.rq")):
        query = parse_query_file(f"queries/catalogue/{path.name}", path.read_text("utf-8"))
        texts = [query.summary, query.description]
        texts += [text for each in query.parameters for text in (each.label, each.description)]
        texts += [text for each in query.columns for text in (in_words(each.name), each.meaning)]
        texts += [tag.replace("-", " ") for tag in query.tags]
        for text in texts:
            if text:
                yield text, None, path.name, []


_TAKEN = {"interface": interface, "questions": questions}

if __name__ == "__main__":
    sys.exit(main())
