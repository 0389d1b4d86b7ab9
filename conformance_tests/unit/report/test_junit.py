"""JUnit XML for machines that count."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from conformance_tests.unit.made_cases import a_case, a_finding, an_end
from conformance_tests.unit.report.made_results import everything, results_of

from fillproof.harness.report.junit import junit_xml
from fillproof.harness.runner import Status


def the_case(root: Element, name: str) -> Element:
    """Return the first test case of a name."""
    found = root.find(f".//testcase[@name='{name}']")
    assert found is not None
    return found


def test_a_suite_for_each_connector_counts_its_cases() -> None:
    """FAIL and unexpected pass are failures, UNKNOWN and ERROR errors, the known is skipped."""
    root = fromstring(junit_xml(everything()))
    assert [suite.attrib for suite in root] == [
        {"name": "ccxt:binance", "tests": "7", "failures": "3", "errors": "2", "skipped": "1"},
        {"name": "reference", "tests": "1", "failures": "0", "errors": "0", "skipped": "0"},
    ]


def test_a_case_is_of_its_connector_and_area() -> None:
    """One that stands alone has no area."""
    ends = [an_end(Status.PASS, case=a_case(name)) for name in ("fills/late/one", "alone")]
    root = fromstring(junit_xml(results_of(*ends)))
    assert the_case(root, "fills/late/one").get("classname") == "ccxt:binance.fills.late"
    assert the_case(root, "alone").get("classname") == "ccxt:binance"


def test_a_failure_holds_the_finding() -> None:
    """Its message is one line, its body the whole story with the command."""
    failure = the_case(fromstring(junit_xml(everything())), "fills/two").find("failure")
    assert failure is not None
    assert failure.get("message") == "L6: nothing was told"
    assert "fillproof run fills/two --connector ccxt:binance --seed 7" in (failure.text or "")


def test_a_case_carries_seed_digest_and_rules() -> None:
    """As properties, so that a dashboard can find them."""
    case = the_case(fromstring(junit_xml(everything())), "cancels/one")
    properties = [(one.get("name"), one.get("value")) for one in case.iter("property")]
    assert properties == [
        ("seed", "7"),
        ("digest", "d" * 64),
        ("status", "FAIL"),
        ("rule", "L6"),
        ("rule", "L4"),
    ]


def test_control_characters_do_not_break_the_document() -> None:
    """What a connector tells may hold anything; XML may not."""
    nasty = a_finding("L6", actual="told \x00\x1b[31m & <\ud800>")
    results = results_of(an_end(Status.FAIL, nasty, case=a_case("fills/one")))
    failure = the_case(fromstring(junit_xml(results)), "fills/one").find("failure")
    assert failure is not None
    assert failure.get("message") == "L6: told [31m & <>"
