"""The team's rules as a data contract: Open Data Contract Standard 3, read and written; Great Expectations, Pandera and dbt, written."""

from components.data.contract.dbt import to_dbt
from components.data.contract.great_expectations import to_great_expectations
from components.data.contract.odcs import to_odcs
from components.data.contract.pandera import to_pandera
from components.data.contract.reading import Contract, from_odcs

__all__ = ["EXPORTS", "Contract", "from_odcs", "to_dbt", "to_great_expectations", "to_odcs", "to_pandera"]

EXPORTS = {
    "Great Expectations": (to_great_expectations, "expectations.json"),
    "Pandera": (to_pandera, "schema.py"),
    "dbt": (to_dbt, "schema.yml"),
}
"""What else rules can be written for: a function that returns the text and what it could not express, and the name of the file."""
