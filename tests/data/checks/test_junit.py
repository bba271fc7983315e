"""What a pipeline reads."""

from xml.etree import ElementTree

import pandas as pd

from components.data import checks
from components.data.checks.junit import junit


def test_every_result_is_a_test_and_says_what_to_do():
    frame = pd.DataFrame({'a "<&>\x00': [None] * 5 + [1.0] * 5, "t": ["x", "x "] * 5, "label": ["a", "b"] * 5})
    report = checks.run(frame, checks.Plan(label="label"))
    suite = ElementTree.fromstring(junit(report, "orders <1>.csv"))
    assert suite.get("name") == "orders <1>.csv"
    assert int(suite.get("tests")) == len(report.results) == len(suite.findall("testcase"))
    for what, status in (("failure", "failed"), ("skipped", "not applicable"), ("system-out", "warned"), ("error", "error")):
        cases = [case for case in suite if case.find(what) is not None]
        assert len(cases) == int((report.results["status"] == status).sum())
    missing = next(case for case in suite if case.get("classname") == "checks.T01" and case.find("failure") is not None)
    assert missing.get("name") == 'Missing values: a "<&>\ufffd'
    assert "50.0 % of the cells are missing" in missing.find("failure").get("message")
