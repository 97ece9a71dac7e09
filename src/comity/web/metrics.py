"""Counters for Prometheus: `/metrics`.

Each process of the server counts for itself and names itself in the label `process`; with one
process, which is the default, a scrape sees everything.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, current_app
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from comity import __version__
from comity.web.site import graph, site

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client.metrics_core import Metric

blueprint = Blueprint("metrics", __name__)

_OUTCOMES: Final = ("answered", "repeated", "unreachable")
_CAUSES: Final = ("gone", "killed", "memory", "old", "slow", "stack")
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


def count_answer(how: str) -> None:
    """Count where one answer came from: `made`, `kept` or `shared`."""
    _answers.labels(how).inc()


def count_request(endpoint: str, method: str, status: int, seconds: float) -> None:
    """Count one answered request."""
    _requests.labels(endpoint, method, str(status)).inc()
    _latency.labels(endpoint).observe(seconds)


@blueprint.get("/metrics")
def metrics() -> Response:
    """Give the counters of this process."""
    own = CollectorRegistry(auto_describe=False)
    committer = site()["committer"]
    size = len(graph() if committer is None else committer.state)
    own.register(_State(size, site()["readers"], _born()))
    content = generate_latest(_registry) + generate_latest(own)
    response = Response(content, content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.record_once
def _remember_birth(state: Any) -> None:
    state.app.extensions["comity.born"] = time.time()


def _born() -> float:
    born: float = current_app.extensions["comity.born"]
    return born


class _State(Collector):
    """What is read off the graph and the readers when it is asked for."""

    def __init__(self, size: int, readers: Any, born: float) -> None:
        self._size = size
        self._readers = readers
        self._born = born

    def collect(self) -> Iterable[Metric]:
        """Return the state of this moment."""
        info = GaugeMetricFamily("comity_info", "The server.", labels=("version", "process"))
        info.add_metric((__version__, str(os.getpid())), 1)
        yield info
        yield GaugeMetricFamily("comity_graph_statements", "Statements in the graph.", self._size)
        yield GaugeMetricFamily(
            "comity_commit_number",
            "Number of the last commit; 0 for a graph that is only read.",
            getattr(self._readers, "number", 0),
        )
        yield GaugeMetricFamily(
            "comity_snapshot_age_seconds",
            "Seconds since the graph was loaded.",
            time.time() - self._born,
        )
        client = getattr(self._readers, "client", None)
        outcomes = CounterMetricFamily(
            "comity_store_requests", "Requests to a remote store.", labels=("outcome",)
        )
        counted = dict.fromkeys(_OUTCOMES, 0) | dict(client.outcomes if client else {})
        for outcome, number in sorted(counted.items()):
            outcomes.add_metric((outcome,), number)
        yield outcomes
        if hasattr(self._readers, "lanes"):
            yield from self._queries()

    def _queries(self) -> Iterable[Metric]:
        lanes = self._readers.lanes
        running = GaugeMetricFamily(
            "comity_queries_running", "Queries that run now.", labels=("lane",)
        )
        queued = GaugeMetricFamily(
            "comity_queries_queued", "Queries that wait for a place.", labels=("lane",)
        )
        refused = CounterMetricFamily(
            "comity_queries_refused", "Queries for which there was no place.", labels=("lane",)
        )
        for name, places in (("quick", lanes.quick), ("slow", lanes.slow)):
            running.add_metric((name,), places.taken)
            queued.add_metric((name,), places.waiting)
            refused.add_metric((name,), lanes.refused[name])
        deaths = CounterMetricFamily(
            "comity_reader_deaths", "Readers that ended, by the cause.", labels=("cause",)
        )
        counted = dict.fromkeys(_CAUSES, 0) | dict(self._readers.deaths)
        for cause, number in sorted(counted.items()):
            deaths.add_metric((cause,), number)
        yield from (running, queued, refused, deaths)
