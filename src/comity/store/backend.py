"""The engine itself, handed on to what is built upon its interface and imports it nowhere."""

from __future__ import annotations

from typing import Any, Final

import pyoxigraph

ENGINE: Final[Any] = pyoxigraph
