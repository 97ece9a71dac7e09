"""Every error that Comity raises on purpose, in one tree.

ComityError
├── UsageError               400  a wrong command, option or combination
│   ├── ParameterError       400  a value that a parameter cannot take
│   ├── QuerySyntaxError     400  SPARQL that does not parse, with line and column
│   │   └── ServiceUnsupportedError 400  a SERVICE where it cannot soundly be carried out
│   ├── UnknownFunctionError 400  a query that calls a function that SPARQL does not have
│   ├── DocumentError        400  a document that is not the RDF it says it is, with its line
│   │   ├── DoctypeError     400  RDF/XML with a document type declaration
│   │   └── RemoteContextError 400  JSON-LD with a context that stands elsewhere
│   └── QueryTooComplexError 400  a query nested deeper than the engine stands
├── UnauthorizedError        401  a write without a token
├── RefusedError             403  a request that this deployment never carries out
│   ├── ServiceDisabledError 403  a query that would ask another server
│   ├── LoadDisabledError    403  an update that would fetch a document
│   ├── ReadOnlyError        403  a change of a graph that this server only reads
│   ├── ShapesFixedError     403  a change of shapes, which come with the deployment
│   ├── UnknownTokenError    403  a token that is not one of this server's
│   ├── RoleError            403  a token whose role does not allow this
│   └── CrossSiteError       403  a change that a page of another site sent
├── NotFoundError            404  a name that stands for nothing here
│   └── GoneError            410  a name that once stood for something
├── MethodNotAllowedError    405  a method that the resource does not have
├── NotAcceptableError       406  no representation that the client takes
├── PreconditionError        412  a change of what is no longer as the client knew it
├── TooLargeError            413  more than the limit allows
│   ├── ResultTooLargeError  413  an answer larger than one may be
│   │   └── ServiceTooLargeError 413  an answer of another endpoint, likewise
│   └── MemoryLimitError     413  a query that needs more memory than one may take
├── MediaTypeError           415  a body of a type that is not read here
│   └── EncodingError        415  a body that is compressed
├── RangeError               416  a part that the file does not have
├── UnprocessableError       422  a change that would break a shape, with the findings
│   └── LiteralNotKeptError  422  a literal that would change its datatype
├── DisconnectedError        499  a client that left before the answer was ready
├── UnavailableError         503  for now, with the seconds to wait
│   ├── StoreUnreachableError 503 a remote store that does not answer
│   ├── OverloadError        503  no place to run in
│   └── DeadlineError        503  a query that ran into the time limit
├── StorageFullError         507  no room to keep a change
├── DataError                500  a file of the graph that cannot be read, with path and line
├── StorageDamagedError      500  a store whose files do not fit together
├── EngineError              500  a fault of the store itself
├── ServiceFailedError       502  an endpoint of SERVICE that gives no answer
├── ServiceTimeoutError      504  an endpoint of SERVICE that does not answer in time
└── StoreReplyError          502  a remote store whose answer is none
    └── StoreLoginError      502  a remote store that refuses this server's credentials

A message is one sentence that names the thing, the value and the remedy. The floors below raise;
only the web and command-line floors turn an error into a status or an exit code.
"""

from __future__ import annotations

from comity.errors.access import (
    CrossSiteError,
    LoadDisabledError,
    ReadOnlyError,
    RefusedError,
    RoleError,
    ServiceDisabledError,
    ShapesFixedError,
    UnauthorizedError,
    UnknownTokenError,
)
from comity.errors.base import (
    ComityError,
)
from comity.errors.faults import (
    DataError,
    EngineError,
    ServiceFailedError,
    ServiceTimeoutError,
    StorageDamagedError,
    StoreLoginError,
    StoreReplyError,
)
from comity.errors.limits import (
    DeadlineError,
    DisconnectedError,
    MemoryLimitError,
    OverloadError,
    ResultTooLargeError,
    ServiceTooLargeError,
    StorageFullError,
    StoreUnreachableError,
    TooLargeError,
    UnavailableError,
)
from comity.errors.resources import (
    EncodingError,
    GoneError,
    LiteralNotKeptError,
    MediaTypeError,
    MethodNotAllowedError,
    NotAcceptableError,
    NotFoundError,
    PreconditionError,
    RangeError,
    UnprocessableError,
)
from comity.errors.usage import (
    DoctypeError,
    DocumentError,
    ParameterError,
    QuerySyntaxError,
    QueryTooComplexError,
    RemoteContextError,
    ServiceUnsupportedError,
    UnknownFunctionError,
    UsageError,
)

__all__ = [
    "ComityError",
    "CrossSiteError",
    "DataError",
    "DeadlineError",
    "DisconnectedError",
    "DoctypeError",
    "DocumentError",
    "EncodingError",
    "EngineError",
    "GoneError",
    "LiteralNotKeptError",
    "LoadDisabledError",
    "MediaTypeError",
    "MemoryLimitError",
    "MethodNotAllowedError",
    "NotAcceptableError",
    "NotFoundError",
    "OverloadError",
    "ParameterError",
    "PreconditionError",
    "QuerySyntaxError",
    "QueryTooComplexError",
    "RangeError",
    "ReadOnlyError",
    "RefusedError",
    "RemoteContextError",
    "ResultTooLargeError",
    "RoleError",
    "ServiceDisabledError",
    "ServiceFailedError",
    "ServiceTimeoutError",
    "ServiceTooLargeError",
    "ServiceUnsupportedError",
    "ShapesFixedError",
    "StorageDamagedError",
    "StorageFullError",
    "StoreLoginError",
    "StoreReplyError",
    "StoreUnreachableError",
    "TooLargeError",
    "UnauthorizedError",
    "UnavailableError",
    "UnknownFunctionError",
    "UnknownTokenError",
    "UnprocessableError",
    "UsageError",
]
