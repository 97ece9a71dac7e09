"""From names to things, in numbers: the matching behind the W3C Reconciliation Service API."""
