"""Exports: the whole graph or one pair, in formats for people, programs and spreadsheets."""

from comity.services.export.dumps import (
    CSV_TABLES,
    DUMP_FORMATS,
    EVERYTHING,
    Dump,
    Dumps,
    dump_format,
    make_dump,
    write_dataset,
    write_graph,
)
from comity.services.export.material import Material, current_material, make_material, read_material

__all__ = [
    "CSV_TABLES",
    "DUMP_FORMATS",
    "EVERYTHING",
    "Dump",
    "Dumps",
    "Material",
    "current_material",
    "dump_format",
    "make_dump",
    "make_material",
    "read_material",
    "write_dataset",
    "write_graph",
]
