#!/usr/bin/env bash
# Draw the pictures of the README: the model from the ontology, the pages from a running server.
# Usage: docs/take-pictures.sh [ADDRESS]; needs chromium. The server must be running.
set -euo pipefail
cd "$(dirname "$0")/.."
address="${1:-http://127.0.0.1:8000}"

.venv/bin/python -m comity.services.picture
.venv/bin/python docs/take_pictures.py "$address"
