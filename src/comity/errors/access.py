"""What is not done here, or not for whoever asks."""

from __future__ import annotations

from comity.errors.base import ComityError


class UnauthorizedError(ComityError):
    """A write without a token."""

    status = 401
    code = "unauthorized"


class RefusedError(ComityError):
    """A request that this deployment never carries out."""

    status = 403
    code = "refused"


class ServiceDisabledError(RefusedError):
    """A query that would ask another server."""

    code = "service_disabled"


class LoadDisabledError(RefusedError):
    """An update that would fetch a document."""

    code = "load_disabled"


class ReadOnlyError(RefusedError):
    """A change of a graph that this server only reads."""

    code = "read_only"


class ShapesFixedError(RefusedError):
    """A change of the shapes, which come from the deployment and not from what is written."""

    code = "shapes_fixed"


class UnknownTokenError(RefusedError):
    """A token that is not one of this server's."""

    code = "unknown_token"


class RoleError(RefusedError):
    """A token whose role does not allow this."""

    code = "insufficient_role"


class CrossSiteError(RefusedError):
    """A change that a page of another site sent."""

    code = "cross_site"
