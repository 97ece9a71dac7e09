"""What one state of the data has and another has not: streamed, kept in brief, and as RDF Patch."""

from comity.store.differences.brief import Brief, keep_brief, pair_of
from comity.store.differences.merging import changed_lines
from comity.store.differences.patching import PATCH, write_patch

__all__ = ["PATCH", "Brief", "changed_lines", "keep_brief", "pair_of", "write_patch"]
