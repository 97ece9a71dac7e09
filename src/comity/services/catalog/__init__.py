"""The data set described for machines: VoID, DCAT, and as RO-Crate and Croissant its files."""

from comity.services.catalog.crate import CRATE, attached_crate, describe_crate
from comity.services.catalog.croissant import CROISSANT, describe_croissant, write_croissant
from comity.services.catalog.dcat import describe_catalog
from comity.services.catalog.record import FOREIGN, Record, read_record
from comity.services.catalog.statements import write_description
from comity.services.catalog.void import describe_content

__all__ = [
    "CRATE",
    "CROISSANT",
    "FOREIGN",
    "Record",
    "attached_crate",
    "describe_catalog",
    "describe_content",
    "describe_crate",
    "describe_croissant",
    "read_record",
    "write_croissant",
    "write_description",
]
