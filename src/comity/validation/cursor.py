"""A place in the tokens of a Turtle text, with its prefixes and the faults met so far."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from comity.model.terms import PREFIXES
from comity.validation.likeness import nearest
from comity.validation.tokens import Kind, Token, tokenize

_STRING_ESCAPE: Final = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_DASHES: Final = "‐‑‒–—−"
_CURLY: Final = "“”„‘’«»"
_ESCAPED: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True)
class Fault:
    """A place that cannot be read as it stands: its line, the rule, a sentence, the text itself."""

    line: int
    rule: str
    message: str
    value: str = ""


class UnreadableError(Exception):
    """A statement that cannot be read further; caught by the reader, which goes on behind it."""

    def __init__(self, fault: Fault) -> None:
        """Keep the fault."""
        super().__init__(fault.message)
        self.fault = fault


class Cursor:
    """The tokens of a text and the one at hand."""

    def __init__(self, text: str) -> None:
        """Stand before the first token."""
        self.tokens = list(tokenize(text))
        self.position = 0
        self.previous = self.tokens[0]
        self.base = ""
        self.faults: list[Fault] = []
        self.declared: dict[str, tuple[str, int]] = {}
        """Prefix to namespace and line."""
        self.repeated: list[tuple[str, int]] = []
        """Prefix and line of each declaration after the first."""
        self.used: dict[str, int] = {}
        """Prefix to the line of its first use."""
        self._guesses: dict[str, str] = {}

    @property
    def token(self) -> Token:
        """The token at hand."""
        return self.tokens[self.position]

    def take(self) -> Token:
        """Return the token at hand and go on to the next."""
        token = self.previous = self.token
        if token.kind is not Kind.END:
            self.position += 1
        return token

    def at_mark(self, *marks: str) -> bool:
        """Tell whether one of the punctuation marks is at hand."""
        return self.token.kind is Kind.MARK and self.token.text in marks

    # --- faults

    def report(self, line: int, message: str, value: str = "") -> None:
        """Note a fault of syntax."""
        self.faults.append(Fault(line, "syntax", message, value[:60]))

    def fail(self, expected: str) -> UnreadableError:
        """Return the jump for the token at hand, and go past it unless a subject may be there."""
        token = self.token
        if token.kind is Kind.BAD:
            message = unreadable(token)
        elif token.kind is Kind.END:
            message = f"The file ends where {expected} should stand; is its last line cut off?"
        else:
            message = f"{token.text} stands where {expected} should stand."
        if not token.flush:
            self.take()
        return UnreadableError(Fault(token.line, "syntax", message, token.text[:60]))

    def report_missing(self, mark: str) -> None:
        """Note that a line goes on without its `;` or full stop; raises UnreadableError."""
        last, token = self.previous, self.token
        if last.kind is Kind.BAD:
            return  # the broken text has swallowed the sign, and is reported itself
        if token.kind is Kind.BAD:
            raise self.fail(mark)
        if last.text == ";":
            message = "The line ends with `;` but nothing follows; end it with ` .`."
        elif token.kind is Kind.END:
            message = "The last statement has no full stop; end it with ` .`."
        elif token.line > last.end_line:
            message = (
                f"The line ends without {mark} before {token.text} on line {token.line}; add it."
            )
        else:
            message = f"{token.text} stands where {mark} should stand; add that or mend the value."
        self.report(last.end_line, message, last.text)

    def skip_to_next_subject(self) -> None:
        """Go on to the next token in the first column, where a statement probably begins."""
        while self.token.kind is not Kind.END:
            if self.token.flush and self.token.kind is not Kind.BAD:
                return
            self.take()

    # --- names

    def declare(self, prefix: str, space: str, line: int) -> None:
        """Note the declaration of a prefix."""
        if prefix in self.declared:
            self.repeated.append((prefix, line))
        self.declared[prefix] = (space, line)

    def iri(self, token: Token) -> str:
        """Return the IRI between angle brackets."""
        text = unescape(token.text[1:-1])
        if any(sign.isspace() for sign in text):
            self.report(
                token.line, f"The IRI {token.text} contains a space; remove it.", token.text
            )
        return text if ":" in text.partition("/")[0] else self.base + text

    def name(self, token: Token) -> str:
        """Return the IRI of a prefixed name; empty if its prefix resembles none."""
        prefix, _, local = token.text.partition(":")
        local = re.sub(r"\\(.)", r"\1", local)
        self.used.setdefault(prefix, token.line)
        if prefix in self.declared:
            # a known prefix with another namespace is one slip, not a slip for every name
            return (PREFIXES.get(prefix) or self.declared[prefix][0]) + local
        if prefix not in self._guesses:
            self._guesses[prefix] = self._guess(prefix)
            self.faults.append(_undeclared(token, prefix, self._guesses[prefix]))
        guess = self._guesses[prefix]
        if guess in PREFIXES:
            return PREFIXES[guess] + local
        return self.declared[guess][0] + local if guess else ""

    def _guess(self, prefix: str) -> str:
        if prefix in PREFIXES:
            return prefix
        return nearest(prefix, self.declared, 0.6) or nearest(prefix, PREFIXES)


def unescape(text: str) -> str:
    """Return a text without the escapes of Turtle strings and IRIs."""
    if "\\" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        code = match[1] or match[2]
        return chr(int(code, 16)) if code else _ESCAPED.get(match[3], match[3])

    return _STRING_ESCAPE.sub(replace, text)


def unreadable(token: Token) -> str:
    """Return what is wrong with a token of kind BAD."""
    if token.text[0] in "\"'":
        return f"The text that begins with {token.text[:40]} is not closed by a quotation mark."
    if token.text[0] == "<":
        return f"The IRI that begins with {token.text[:40]} is not closed by `>`, or is broken."
    if token.text in _DASHES:
        return f"The sign {token.text} is a dash; a name has hyphens."
    if token.text in _CURLY:
        return f"The sign {token.text} is curly; a text stands between straight quotation marks."
    return f"The sign {token.text!r} has no meaning here; remove it or put it into a text."


def _undeclared(token: Token, prefix: str, guess: str) -> Fault:
    if guess and prefix == guess:
        remedy = f"Add `@prefix {prefix}: <{PREFIXES[prefix]}> .` at the top of the file."
    elif guess:
        remedy = f"Did you mean `{guess}:`?"
    else:
        remedy = "Declare it at the top of the file, or use one that ontology/prefixes.ttl lists."
    message = f"The prefix `{prefix}:` of {token.text} is not declared. {remedy}"
    return Fault(token.line, "prefix-undeclared", message, token.text)
