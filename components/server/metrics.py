"""Figures for Prometheus: how much is asked and how long it takes, what is stored, what runs. Nobody's data is in them."""

import time
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from components import __version__
from components.errors import BadInput
from components.server import resources

TYPE = "text/plain; version=0.0.4; charset=utf-8"
KNOWN = ("/healthz", "/metrics", "/changes", "/live.js", "/_stcore", "/media", "/static", "/auth", "/oauth2callback", "/component")
REGISTRY = CollectorRegistry()
REQUESTS = Counter("groundwork_requests", "Answers, by what was asked for and how it ended.", ["place", "status"], registry=REGISTRY)
SECONDS = Histogram("groundwork_request_seconds", "How long an answer took.", ["place"], registry=REGISTRY)


class Stored(Collector):
    """Reads what is stored at the moment somebody asks."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Yield the figures; of a database that doesn't answer, only that."""
        version = GaugeMetricFamily("groundwork_version_info", "The version that runs.", labels=["version"])
        version.add_metric([__version__], 1)
        yield version
        try:
            store = resources.store()
            counts, jobs = store.counts(), store.job_counts()
        except BadInput:
            yield GaugeMetricFamily("groundwork_database_up", "Whether the database answers.", value=0)
            return
        yield GaugeMetricFamily("groundwork_database_up", "Whether the database answers.", value=1)
        for name, number in counts.items():
            yield GaugeMetricFamily(f"groundwork_{name}", f"How many {name.replace('_', ' ')} there are.", value=number)
        work = GaugeMetricFamily("groundwork_jobs", "Long work, by its state.", labels=["state"])
        for state, number in jobs.items():
            work.add_metric([state], number)
        yield work


REGISTRY.register(Stored())


def metrics(_: Request) -> Response:
    """Answer with all figures."""
    return Response(generate_latest(REGISTRY), media_type=TYPE)


class Counted:
    """Counts answers by place and status; a place is one of a few, so that no address of a project is kept."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and count it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        place = next((one for one in KNOWN if scope["path"].startswith(one)), "screen")
        began = time.perf_counter()

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                REQUESTS.labels(place, f"{message['status'] // 100}xx").inc()
                SECONDS.labels(place).observe(time.perf_counter() - began)
            await send(message)

        await self.app(scope, receive, counting)


ROUTES = (Route("/metrics", metrics),)
