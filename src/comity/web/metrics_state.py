"""The state of a server process as metrics, and that of several processes as one.

A counter that the application keeps is a file in a folder that all processes share, which is what
prometheus_client does in its multiprocess mode. What is read off the graph and the readers has no
event to be counted at; so each process publishes it every few seconds, and the one that is asked at
that moment.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import CollectorRegistry, Counter, Gauge
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead
from prometheus_client.registry import Collector

from comity import __version__
from comity.errors import ComityError
from comity.web.counters import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from prometheus_client.metrics_core import Metric

    from comity.store.federation import Endpoints

_OUTCOMES: Final = ("answered", "repeated", "unreachable")
_SERVICE_OUTCOMES: Final = ("answered", "failed", "kept", "late", "too_large")
_CAUSES: Final = ("gone", "killed", "memory", "old", "slow", "stack", "stream")
_ADDED: Final = frozenset({"comity_queries_running", "comity_queries_queued"})
_PERIOD_SECONDS: Final = 5.0


class State(Collector):
    """What is read off the graph and the readers when it is asked for."""

    def __init__(
        self, size: int, readers: Any, born: float, endpoints: Endpoints | None = None
    ) -> None:
        """Take the number of statements, the readers, and the time when all was loaded.

        `endpoints` are those that SERVICE may ask.
        """
        self._size = size
        self._readers = getattr(readers, "inner", readers)
        self._born = born
        self._asked: Mapping[str, int] = endpoints.outcomes if endpoints else {}

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
        asked = CounterMetricFamily(
            "comity_service_requests", "Answers to SERVICE.", labels=("outcome",)
        )
        for outcome in _SERVICE_OUTCOMES:
            asked.add_metric((outcome,), self._asked.get(outcome, 0))
        yield asked
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
        named = (("quick", lanes.quick), ("slow", lanes.slow), ("stream", lanes.streams))
        for name, places in named:
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


class Published:
    """The state of this process, where a scrape of any process finds it."""

    def __init__(self, state: Callable[[], State]) -> None:
        """Take what tells the state."""
        self._state = state
        self._lock = threading.Lock()
        self._metrics: dict[str, Gauge | Counter] = {}
        self._counted: dict[tuple[str, ...], float] = {}

    def start(self) -> None:
        """Publish every few seconds from now on."""
        threading.Thread(target=self._go_on, name="metrics", daemon=True).start()

    def publish(self) -> None:
        """Write the state of this moment."""
        with self._lock:
            for family in self._state().collect():
                for sample in family.samples:
                    self._write(family, dict(sample.labels), float(sample.value))

    def _go_on(self) -> None:
        while True:
            time.sleep(_PERIOD_SECONDS)
            with suppress(ComityError):  # a store elsewhere may be out of reach
                self.publish()

    def _write(self, family: Metric, labels: dict[str, str], value: float) -> None:
        name = family.name
        if name not in self._metrics:
            self._metrics[name] = _metric(family, tuple(labels))
        metric: Any = self._metrics[name]
        metric = metric.labels(**labels) if labels else metric
        if isinstance(metric, Gauge):
            metric.set(value)
            return
        key = (name, *labels.values())
        metric.inc(value - self._counted.get(key, 0.0))
        self._counted[key] = value


def _metric(family: Metric, labels: tuple[str, ...]) -> Gauge | Counter:
    if family.type == "counter":
        return Counter(family.name, family.documentation, labels, registry=None)
    mode: Any = "livesum" if family.name in _ADDED else "livemax"
    return Gauge(family.name, family.documentation, labels, registry=None, multiprocess_mode=mode)


def shared_registry() -> CollectorRegistry | None:
    """Return the counters of all processes of the server, None if there is only this one.

    What a process has counted stays when it ends; what it had open goes.
    """
    if not is_shared():
        return None
    folder = os.environ[FOLDER]
    for path in Path(folder).glob("gauge_live*.db"):
        pid = path.stem.rpartition("_")[2]
        if not _is_alive(int(pid)):
            mark_process_dead(int(pid), folder)  # type: ignore[no-untyped-call]
    registry = CollectorRegistry(auto_describe=False)
    MultiProcessCollector(registry, folder)  # type: ignore[no-untyped-call]
    return registry


def is_shared() -> bool:
    """Tell whether this process counts together with others."""
    return bool(os.environ.get(FOLDER))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it is, and somebody else's
    return True
