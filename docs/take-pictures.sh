#!/usr/bin/env bash
# Draw the pictures of the README: the model from the ontology, the page from a running server.
# Usage: docs/take-pictures.sh [ADDRESS]; needs chromium. The server must be running.
set -euo pipefail
cd "$(dirname "$0")/.."
address="${1:-http://127.0.0.1:8000}"
profile="$(mktemp -d)"
trap 'rm -rf "$profile"' EXIT

.venv/bin/python -m comity.services.picture
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars \
  --disable-background-networking --disable-component-update --disable-sync \
  --user-data-dir="$profile" --window-size=1280,1100 --screenshot="$PWD/docs/pair.png" \
  "$address/pair/AZE/JPN" 2>/dev/null
