"""What the tests of single checks share: running all checks and looking at one of them."""

import pandas as pd
import pytest

from components.data import checks


class Checked:
    """The results of one check on a table, and the rows it is about."""

    def __init__(self, frame, plan, code):
        self.frame, self.plan, self.code = frame, plan, code
        report = checks.run(frame, plan)
        self.results = report.results[report.results["code"] == code].set_index("column")
        assert len(self.results), f"{code} is not in the report"
        assert (report.results["status"] != "error").all(), report.results[report.results["status"] == "error"]

    @property
    def status(self):
        """The status of a check that gave one result."""
        assert len(self.results) == 1
        return self.results["status"].iloc[0]

    @property
    def firing(self):
        """Columns in which it fired."""
        return list(self.results.index[self.results["status"].isin(["failed", "warned"])])

    def rows(self, column):
        return int(self.results.loc[column, "rows"])

    def figure(self, column):
        return float(self.results.loc[column, "figure"])

    def concerned(self, column):
        """Numbers of the rows concerned."""
        return list(checks.rows_concerned(self.frame, self.plan, self.code, column)["row"])


@pytest.fixture
def check():
    """Run all checks on columns (or a frame) and return what one of them found."""

    def run(code, columns, **roles):
        frame = columns if isinstance(columns, pd.DataFrame) else pd.DataFrame(columns)
        return Checked(frame, checks.Plan(**roles), code)

    return run
