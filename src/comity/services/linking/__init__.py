"""Links to other data found, and what others hold of what is linked.

polite          documents of JSON over HTTP, one after the other, with pauses
service         a reconciliation service (W3C), asked for candidates and for their values
facts           what is compared: names, types, a point, days, codes, of our things and of theirs
features        how like two are, feature by feature, and the score
suggestions     the file of suggestions, which nothing loads
suggesting      `comity link suggest`
accepting       `comity link accept`: a suggestion becomes a mapping, by a person
entities        what Wikidata says of its items, from files or asked for
contradictions  what a mapping and the two things that it relates cannot both have
pulling         `comity link pull`: values of accepted matches, as an import
"""
