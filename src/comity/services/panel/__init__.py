"""Dyad-year panels: a row for each pair of states and year, a column for each measure.

A cell is empty where no source says anything of that pair and year, and 0 only where one says 0.
"""

from comity.services.panel.codebooks import codebook_text, metadata_text
from comity.services.panel.columns import Column, columns_of
from comity.services.panel.measures import MEASURES, Measure
from comity.services.panel.rows import Panel
from comity.services.panel.selection import Selection, read_selection
from comity.services.panel.writing import write_parquet, write_rows

__all__ = [
    "MEASURES",
    "Column",
    "Measure",
    "Panel",
    "Selection",
    "codebook_text",
    "columns_of",
    "metadata_text",
    "read_selection",
    "write_parquet",
    "write_rows",
]
