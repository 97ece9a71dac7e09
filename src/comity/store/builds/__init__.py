"""Builds: the whole graph settled on the disk under one name, published in one step.

A folder of builds holds `<build id>/` for each build, and `current`, a link to the one in force. A
build never changes; what is not finished is called `<build id>.part` and is never served.
"""

from comity.store.builds.layout import Build, find_build, find_builds
from comity.store.builds.manifest import Manifest
from comity.store.builds.publishing import Builds, hold
from comity.store.builds.writing import Draft

__all__ = ["Build", "Builds", "Draft", "Manifest", "find_build", "find_builds", "hold"]
