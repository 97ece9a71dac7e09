"""Where the slow tests stand: what a plain `pytest` leaves to `make test`, and why.

The reason is what each of them starts or makes. What tells of completeness, of a golden result, of
a shape or of a specification alone is never put here: one of those that became slow is mended.
"""

from __future__ import annotations

from typing import Final

SLOW: Final = {
    "tests/api/test_researchers.py": "starts the commands and the notebook of the guide",
    "tests/backends": "starts stores of other makers and puts the whole graph into each",
    "tests/browser": "starts Chromium and a server on the whole graph, and opens every page",
    "tests/builds/test_killed.py": "kills a build in each of its steps",
    "tests/builds/test_prepared.py": "starts readers of a build whose answers are made before",
    "tests/builds/test_replicas.py": "starts two servers of one build",
    "tests/builds/test_serving.py": "starts servers of a build of the whole graph",
    "tests/builds/test_whole.py": "makes a build of the whole graph, and every format from it",
    "tests/changes/test_changes_served.py": "starts servers of two builds",
    "tests/commits/test_kills.py": "kills a writer in each of its steps",
    "tests/contract/test_readme.py": "starts a server and each command of the tour",
    "tests/drafting/test_draft_command.py": "makes drafts by the command, beside the whole graph",
    "tests/export/test_dumps.py": "makes the whole graph in every format, and again in a process",
    "tests/export/test_export_command.py": "makes folders of every format of the whole graph",
    "tests/federation/test_endpoints.py": "starts servers that are asked",
    "tests/federation/test_serving_federated.py": "starts servers that ask each other",
    "tests/imports/test_importers.py": "makes an import of each kind, and takes it away again",
    "tests/imports/test_loading.py": "makes graphs of the repository with imports",
    "tests/imports/test_whole_files.py": "makes imports of whole data sets",
    "tests/imports/test_wikidata_values.py": "makes imports by the command, each of them checked",
    "tests/links/test_pulling.py": "starts a service, and makes what is pulled from it",
    "tests/links/test_suggesting.py": "starts a service, and makes suggestions for the whole graph",
    "tests/pages/test_pages_links.py": "makes every page of two whole sites, link by link",
    "tests/pages/test_pages_why.py": "makes the page of every way in which a fact is known",
    "tests/server/test_counting_together.py": "starts servers of several processes",
    "tests/server/test_openapi_schemathesis.py": "starts a server, and asks it what is made up",
    "tests/server/test_server_caching.py": "starts servers",
    "tests/server/test_server_http.py": "starts servers and waits for their limits",
    "tests/server/test_server_kills.py": "kills servers while they write",
    "tests/server/test_server_operation.py": "starts a server for each test, and loads it anew",
    "tests/server/test_server_queries.py": "starts servers and waits for their limits",
    "tests/server/test_server_streaming.py": "starts servers and waits for their limits",
    "tests/server/test_server_validating.py": "starts servers that judge while they commit",
    "tests/store/test_readers.py": "starts readers and waits for their limits",
    "tests/validation/test_incremental.py": "starts processes that judge",
    "tests/web/test_dumps.py": "makes all that there is to download of the whole graph",
    "tests/web/test_language.py": "makes pages of the whole graph in each language",
    "tests/web/test_serve.py": "starts a server for nearly every test",
    "tests/writes/test_reloading.py": "starts writable servers and loads them anew",
    "tests/writes/test_serving_writable.py": "starts writable servers on the whole graph",
    "tests/writes/test_written_exports.py": "makes all that there is to download, before and after",
}


def is_slow(test: str) -> bool:
    """Tell whether a test, named by its file or its node from the root, stands in a slow place."""
    file = test.partition("::")[0]
    return any(file == place or file.startswith(f"{place}/") for place in SLOW)
