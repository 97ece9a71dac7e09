"""A draft of a relation: the passages of a text, and what a program recognises in each.

Everything recognised stands in a claim with the status `suggested`, which `comity check` refuses;
so no suggestion passes for a fact before a curator has compared it with its sentence.
"""
