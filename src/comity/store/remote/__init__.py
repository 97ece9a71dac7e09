"""A store elsewhere: any endpoint of SPARQL 1.1, asked over HTTP.

addresses    where queries go, and where graphs are put
credentials  user and password, or a token, from a file
watching     what ends a request: its time, its client, its lane
client       one request and what came back, within the limits
replies      bodies to answers
faults       statuses and broken bodies to errors
answering    `RemoteReaders`: the pool of readers, elsewhere
probing      what a store has to get right
record       what a store says of what it holds, written by whoever loaded it
graph        `RemoteGraph`: what pages and canned queries ask
versions     by which name the state of the store goes, and for how long that is believed
graphs       graphs put and removed (SPARQL 1.1 Graph Store HTTP Protocol)
"""

from __future__ import annotations

from comity.store.remote.addresses import Place
from comity.store.remote.answering import RemoteReaders
from comity.store.remote.client import Client

__all__ = ["Client", "Place", "RemoteReaders"]
