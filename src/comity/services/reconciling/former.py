"""English names that states of today had before they were renamed, as old lists say them.

ISO 3166-3 has those of after 1974 only. Each stands for the state that has the territory today;
where a graph has a thing of such a name itself, that comes before.
"""

from __future__ import annotations

from typing import Final

FORMER: Final[dict[str, tuple[str, ...]]] = {
    "AE": ("Trucial States",),
    "BD": ("East Pakistan",),
    "BW": ("Bechuanaland",),
    "BZ": ("British Honduras",),
    "CD": ("Belgian Congo",),
    "CF": ("Ubangi-Shari",),
    "DJ": ("French Somaliland",),
    "EH": ("Spanish Sahara",),
    "ET": ("Abyssinia",),
    "GH": ("Gold Coast",),
    "GQ": ("Spanish Guinea",),
    "GW": ("Portuguese Guinea",),
    "GY": ("British Guiana",),
    "IR": ("Persia",),
    "JO": ("Transjordan",),
    "KH": ("Kampuchea", "Democratic Kampuchea", "Khmer Republic"),
    "KI": ("Gilbert Islands",),
    "LK": ("Ceylon",),
    "LS": ("Basutoland",),
    "MG": ("Malagasy Republic",),
    "ML": ("French Sudan",),
    "MW": ("Nyasaland",),
    "NA": ("South West Africa",),
    "SR": ("Dutch Guiana",),
    "TH": ("Siam",),
    "TL": ("Portuguese Timor",),
    "TV": ("Ellice Islands",),
    "TZ": ("Tanganyika",),
    "VU": ("New Hebrides",),
    "ZM": ("Northern Rhodesia",),
    "ZW": ("Rhodesia",),
}
"""By the code of two letters (ISO 3166-1)."""
