"""What a writable server loads anew on SIGHUP, in the process that holds the store.

The store is the truth and stays open: no request is ended, and no commit can be lost. The tokens,
the canned queries and the rules are read again, each by itself; one that cannot be read keeps what
is served, with an error line in the log.
"""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.errors import ComityError
from comity.services.catalogue import Catalogue
from comity.services.rules import examine, read_rules
from comity.services.tokens import Tokens
from comity.web.site import KEY, RELOADS

if TYPE_CHECKING:
    from flask import Flask

    from comity.services.committing import Committer
    from comity.services.rules import Rules
    from comity.settings import Settings

_log: Final = logging.getLogger("comity.reload")


def block_reloads() -> None:
    """Let SIGHUP wait for `reload_on_signal`; to be called before any thread begins."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})


def reload_on_signal(app: Flask) -> None:
    """Load anew what can be, each time that SIGHUP comes to this process."""

    def wait() -> None:
        while True:
            signal.sigwait({signal.SIGHUP})
            reload(app)

    threading.Thread(target=wait, name="reload", daemon=True).start()


def reload(app: Flask) -> None:
    """Load tokens, canned queries and rules anew; whatever has errors stays as it was."""
    site = app.extensions[KEY]
    settings: Settings = site["settings"]
    committer: Committer = site["committer"]

    def load_tokens() -> str:
        site["tokens"] = tokens = Tokens.load(Path(settings.token_file))
        return f"The token file was loaded anew: {len(tokens)} tokens."

    def load_queries() -> str:
        site["catalogue"] = catalogue = Catalogue.load(settings.root)
        return f"The canned queries were loaded anew: {len(catalogue.all())}."

    def load_rules() -> str:
        rules = read_rules(settings)
        examine(rules, committer.state, Path(settings.store))
        committer.judge_by(rules.gate(), fixed=rules.fixed)
        site["validator"].judge_by(rules)
        return f"The shapes were loaded anew: {len(rules.shapes)} statements."

    for what, load in (
        ("tokens", load_tokens),
        ("canned queries", load_queries),
        ("shapes", load_rules),
    ):
        try:
            _log.info("%s", load())
        except (ComityError, OSError, ValueError) as error:
            _log.error("%s The %s from before stay.", error, what)
    app.extensions[RELOADS] = app.extensions.get(RELOADS, 0) + 1


def examine_aside(rules: Rules, committer: Committer, store: Path) -> None:
    """Validate the data in a thread of its own, if they never were by these rules."""

    def run() -> None:
        try:
            examine(rules, committer.state, store)
        except ComityError as error:
            _log.error("%s", error)

    threading.Thread(target=run, name="examine", daemon=True).start()
