"""SHACL by queries: shapes are compiled to SPARQL, once, and run over all focus nodes at a time.

    validator = Validator(pyoxigraph, shapes)
    report = validator.validate(data)

The package stands by itself; README.md beside it says what is compiled, how, and what is not.
"""

from comity.validation.compiled.errors import ShapesError
from comity.validation.compiled.results import Report, Result
from comity.validation.compiled.validator import Difference, Held, Left, Validator

__all__ = ["Difference", "Held", "Left", "Report", "Result", "ShapesError", "Validator"]
