"""A report of the checks as JUnit XML, which pipelines show as tests."""

import re
from xml.etree import ElementTree

from components import words
from components.data.checks.report import CheckReport
from components.data.checks.wording import figure_text

FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: CheckReport, name: str) -> str:
    """Return a test suite in which every result is a test.

    What failed is a failure, what could not be computed an error, what doesn't apply is skipped; a warning passes and says why.
    """
    records = report.to_records()
    counted = {status: sum(record["status"] == status for record in records) for status in ("failed", "error", "not applicable")}
    totals = {"tests": len(records), "failures": counted["failed"], "errors": counted["error"], "skipped": counted["not applicable"]}
    suite = ElementTree.Element("testsuite", {"name": _allowed(name), **{key: str(number) for key, number in totals.items()}})
    for record in records:
        title = f"{record['title']}: {record['column']}" if record["column"] else str(record["title"])
        case = ElementTree.SubElement(suite, "testcase", {"classname": f"checks.{record['code']}", "name": _allowed(title)})
        said = _allowed(figure_text([record]))
        told = f"{said} {_allowed(str(record['advice']))}\n{words.counted(record['rows'], 'row')} concerned"
        if record["status"] == "failed":
            ElementTree.SubElement(case, "failure", {"message": said, "type": str(record["code"])}).text = told
        elif record["status"] == "error":
            ElementTree.SubElement(case, "error", {"message": said, "type": str(record["code"])})
        elif record["status"] == "not applicable":
            ElementTree.SubElement(case, "skipped", {"message": said})
        elif record["status"] == "warned":
            ElementTree.SubElement(case, "system-out").text = told
    return ElementTree.tostring(suite, encoding="unicode", xml_declaration=False)


def _allowed(text: str) -> str:
    """Leave out what no XML can hold."""
    return FORBIDDEN.sub("�", text)
