"""The data set described for machines: VoID for its content, DCAT for its files and services."""

from comity.services.catalog.dcat import describe_catalog
from comity.services.catalog.record import FOREIGN, Record, read_record
from comity.services.catalog.statements import write_description
from comity.services.catalog.void import describe_content

__all__ = [
    "FOREIGN",
    "Record",
    "describe_catalog",
    "describe_content",
    "read_record",
    "write_description",
]
