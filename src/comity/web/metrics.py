"""Counters for Prometheus: `/metrics`, of all processes of the server together."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from comity.web.metrics_state import Published, State, is_shared, shared_registry
from comity.web.site import KEY, graph, site

if TYPE_CHECKING:
    from flask import Flask

blueprint = Blueprint("metrics", __name__)

_PUBLISHED: Final = "comity.published"
_SECONDS: Final = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)

disable_created_metrics()  # type: ignore[no-untyped-call]

_registry: Final = CollectorRegistry(auto_describe=False)
_requests: Final = Counter(
    "comity_requests",
    "Requests that were answered.",
    ("endpoint", "method", "status"),
    registry=_registry,
)
_latency: Final = Histogram(
    "comity_request_seconds",
    "Seconds from the headers of a request to its answer.",
    ("endpoint",),
    buckets=_SECONDS,
    registry=_registry,
)
_answers: Final = Counter(
    "comity_answers",
    "Answers to GET and HEAD: made for the request, kept from before, or shared with another one.",
    ("how",),
    registry=_registry,
)


_streams: Final = Counter(
    "comity_streams",
    "Answers that were streamed, by how they ended.",
    ("outcome",),
    registry=_registry,
)
_streamed: Final = Counter(
    "comity_stream_bytes", "Bytes of answers that were streamed.", registry=_registry
)


def count_stream(outcome: str, size: int) -> None:
    """Count one answer that was streamed, and its bytes.

    It was sent `whole`, or its client `left` or was too `slow`, or it came too `late`, or `failed`.
    """
    _streams.labels(outcome).inc()
    _streamed.inc(size)


def count_answer(how: str) -> None:
    """Count where one answer came from: `made`, `kept` or `shared`."""
    _origin(how).inc()


def count_request(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    number, latency = _of_request(endpoint, method, status)
    number.inc()
    latency.observe(seconds)


# Looked up by the labels once: there are few of them, and many requests.
@cache
def _origin(how: str) -> Counter:
    return _answers.labels(how)


@cache
def _of_request(endpoint: str, method: str, status: int) -> tuple[Counter, Histogram]:
    return _requests.labels(endpoint, method, str(status)), _latency.labels(endpoint)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the counters of the server."""
    shared = shared_registry()
    if shared is None:
        own = CollectorRegistry(auto_describe=False)
        own.register(_state(current_app))
        content = generate_latest(_registry) + generate_latest(own)
    else:
        current_app.extensions[_PUBLISHED].publish()
        content = generate_latest(shared)
    response = Response(content, content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.record_once
def _remember_birth(state: Any) -> None:
    app = state.app
    app.extensions["comity.born"] = time.time()
    if is_shared():
        published = app.extensions[_PUBLISHED] = Published(lambda: _state(app))
        published.start()


def _state(app: Flask) -> State:
    committer = app.extensions[KEY]["committer"]
    with app.app_context():
        size = len(graph() if committer is None else committer.state)
        born = app.extensions["comity.born"]
        return State(size, site()["readers"], born, site()["endpoints"])
