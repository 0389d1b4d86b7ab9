"""JUnit XML: a suite for each connector, a test case for each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from fillproof.harness.report.case_text import case_text, reason
from fillproof.harness.report.clean import clean
from fillproof.harness.report.results import Results
from fillproof.harness.runner import CaseFinished, Status

ELEMENT_OF = {
    Status.FAIL: "failure",
    Status.FIXED: "failure",
    Status.UNKNOWN: "error",
    Status.ERROR: "error",
    Status.KNOWN: "skipped",
    Status.UNSUPPORTED: "skipped",
}
"""What a test case that did not simply pass has inside."""


def junit_xml(results: Results) -> bytes:
    """Return the whole document, UTF-8. Skipped: known failures and what is not promised."""
    root = Element("testsuites", {"name": "fillproof", **_totals(results.cases)})
    for connector in results.connectors:
        own = [finished for finished in results.cases if finished.case.connector == connector]
        suite = SubElement(root, "testsuite", {"name": clean(connector), **_totals(own)})
        for finished in own:
            _add_case(suite, finished)
    indent(root)
    document: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _totals(cases: Sequence[CaseFinished]) -> dict[str, str]:
    elements = [ELEMENT_OF.get(finished.status) for finished in cases]
    return {
        "tests": str(len(elements)),
        "failures": str(elements.count("failure")),
        "errors": str(elements.count("error")),
        "skipped": str(elements.count("skipped")),
    }


def _add_case(suite: Element, finished: CaseFinished) -> None:
    case = finished.case
    element = SubElement(
        suite,
        "testcase",
        classname=clean(".".join((case.connector, *case.scenario.split("/")[:-1]))),
        name=clean(case.scenario),
    )
    properties = SubElement(element, "properties")
    findings = finished.verdict.findings if finished.verdict else ()
    for name, value in (
        ("seed", str(case.seed)),
        ("digest", finished.digest),
        ("status", finished.status.value),
        *(("rule", rule) for rule in dict.fromkeys(finding.rule for finding in findings)),
    ):
        SubElement(properties, "property", name=name, value=clean(value))
    kind = ELEMENT_OF.get(finished.status)
    if kind is None:
        return
    inside = SubElement(element, kind, message=clean(reason(finished)))
    if kind != "skipped":
        inside.text = clean(case_text(finished))
