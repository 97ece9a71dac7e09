"""Names of states of the past that are nobody's earlier name, and of other lands with a past.

Where a graph has no thing of such a name, it is what a text names all the same, and no state of
today with a slip: `Prussia` is not Russia. They are members of the system of states since 1816
(Correlates of War; Gleditsch and Ward), older realms, and parts of states that were or claim to be
one. They are in English; Prussia stands in the languages in which it is as near to Russia, too.
"""

from __future__ import annotations

from typing import Final

_NAMES: Final = """
Prussia, Prusse, Preußen, Preussen, Prusia, Prusiya, Prusya, Prusija, Prusko, Prusy, Pruisen,
Preussi, Poroszország, Prūsija, Prūsa, Пруссия, Прусија, Прусия, Прусія, プロイセン, Brandenburg,
Baden, Bavaria, Saxony, Saxe-Coburg, Hanover, Württemberg, Hesse, Hesse-Kassel,
Hesse-Darmstadt, Nassau, Oldenburg, Brunswick, Anhalt, Lippe, Waldeck, Thuringia, Mecklenburg,
Mecklenburg-Schwerin, Mecklenburg-Strelitz, Holstein, Schleswig, Hohenzollern, Bremen,
Hamburg, Lübeck, Frankfurt, Westphalia, Palatinate, Swabia, Franconia, Lusatia, Silesia,
Pomerania, Danzig, Memel, Saar, Saarland, Austria-Hungary, Austrian Empire, German Empire,
North German Confederation, Holy Roman Empire, Bohemia, Moravia, Galicia, Transylvania,
Wallachia, Bessarabia, Bukovina, Carniola, Carinthia, Styria, Tyrol, Slavonia, Dalmatia,
Istria, Illyria, Krajina, Vojvodina, Rumelia, Eastern Rumelia, Ragusa, Courland, Livonia,
Samogitia, Mazovia, Ruthenia, Ingria, Karelia, Novgorod, Muscovy, Kievan Rus, Golden Horde,
Crimea, Kazan, Astrakhan, Circassia, Chechnya, Dagestan, Tuva, Bukhara, Khiva, Kokand,
Turkestan, Transoxiana, Sogdia, Bactria, Parthia, Media, Assyria, Babylonia, Mesopotamia,
Sumer, Elam, Phoenicia, Judea, Judah, Nabataea, Palmyra, Urartu, Cilicia, Cappadocia, Pontus,
Lydia, Lycia, Phrygia, Galatia, Bithynia, Anatolia, Ottoman Empire, Byzantium, Byzantine
Empire, Roman Empire, Persian Empire, Russian Empire, Safavid Empire, Mughal Empire, Maratha
Empire, Mongol Empire, Khazaria, Thrace, Macedon, Sparta, Corinth, Thessaly, Epirus, Crete,
Carthage, Numidia, Mauretania, Cyrenaica, Tripolitania, Fezzan, Nubia, Kush, Aksum, Axum,
Darfur, Funj, Sennar, Kanem, Bornu, Sokoto, Songhai, Oyo, Ashanti, Asante, Kongo Kingdom,
Loango, Ndongo, Lunda, Luba, Buganda, Bunyoro, Ankole, Toro, Zanzibar, Merina, Mutapa,
Zululand, Natal, Transvaal, Orange Free State, Cape Colony, Griqualand, Biafra, Katanga,
Ruanda-Urundi, Tuscany, Parma, Modena, Lucca, Papal States, Two Sicilies, Sicily, Naples,
Sardinia, Savoy, Piedmont, Piedmont-Sardinia, Lombardy, Venetia, Venice, Genoa, Florence,
Etruria, Fiume, Corsica, Burgundy, Brittany, Normandy, Gascony, Provence, Aquitaine, Lorraine,
Alsace, Flanders, Brabant, Batavia, Frisia, Friesland, Austrasia, Neustria, Lotharingia, Gaul,
Castile, Aragon, León, Navarre, Asturias, Catalonia, Al-Andalus, Scotland, Wales, Mercia,
Northumbria, Wessex, Scania, Kalmar Union, Lapland, Ryukyu, Manchukuo, Manchuria, Mengjiang,
Tibet, Formosa, Joseon, Goryeo, Goguryeo, Baekje, Silla, Balhae, Qing, Annam, Tonkin,
Cochinchina, Champa, Funan, Lan Xang, Lanna, Ayutthaya, Pagan, Arakan, Srivijaya, Majapahit,
Mataram, Aceh, Malacca, Malaya, Sarawak, Sabah, North Borneo, Hyderabad, Mysore, Travancore,
Kashmir, Sikkim, Punjab, Bengal, Assam, Bihar, Kalat, Hejaz, Nejd, Asir, Aden, Hadhramaut,
Hawaii, Texas, California, Vermont, Newfoundland, New France, Louisiana, Acadia, New Spain,
New Granada, Gran Colombia, Federal Republic of Central America, United Provinces of Central
America, Peru-Bolivian Confederation, Los Altos, Mosquito Coast, Yucatán, Riograndense
Republic, Araucanía, Patagonia, West Indies Federation, Abkhazia, South Ossetia, Transnistria,
Nagorno-Karabakh, Artsakh, Northern Cyprus, Kurdistan, Somaliland, Puntland, Gagauzia
"""
FORMER_STATES: Final[tuple[str, ...]] = tuple(" ".join(_NAMES.split()).split(", "))
"""Those that a graph has, or that are said of a territory, stand for that."""
