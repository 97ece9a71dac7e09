"""SERVICE to the endpoints of a list (SPARQL 1.1 Federated Query), asked by the server itself.

elements   what a query is made of
outline    where SERVICE stands among the groups of a query
text       which endpoints a query names, and what of its text goes where
context    what is known around a SERVICE, so that only rows that matter are asked for
endpoints  the list: one request each, within limits, answers kept
inlining   rows of an answer as a part of the query
asking     all SERVICE of one query, one after the other
federated  `FederatedReaders`: whatever answers queries, with SERVICE
"""

from __future__ import annotations

from comity.store.federation.endpoints import Endpoints, ServiceLimits
from comity.store.federation.federated import FederatedReaders

__all__ = ["Endpoints", "FederatedReaders", "ServiceLimits"]
