"""The pytest plugin, seen from a project that uses it."""

from __future__ import annotations

from xml.etree.ElementTree import parse

import pytest
from conformance_tests.end_to_end.made_connectors import ONE_FILL, PINNED, write_project

from fillproof import __version__
from fillproof.harness.pytest_plugin import items

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.slow

assert items, "imported once for all the sessions below: what it needs is slow to import"

CONFTEST = """\
def pytest_fillproof_connector():
    return "tellers:Honest"
"""


HONEST_TEST = f'''
TEXT = """{ONE_FILL}"""

def test_honest(fillproof_run):
    judged = fillproof_run("one_fill.scenario.yaml")
    assert judged.passed, judged
    assert judged.digest
    assert fillproof_run(TEXT).passed
'''

LIAR_TEST = """
import pytest

@pytest.fixture(scope="session")
def fillproof_connector():
    return "tellers:Liar"

def test_liar(fillproof_run):
    judged = fillproof_run("one_fill.scenario.yaml")
    assert not judged.passed
    assert "L6" in [finding.rule for finding in judged.findings]
    assert "fillproof run one_fill.scenario.yaml --connector tellers:Liar" in str(judged)

def test_liar_by_text(fillproof_run):
    with open("one_fill.scenario.yaml") as file:
        judged = fillproof_run(file.read())
    assert "pytest test_liar.py::test_liar_by_text" in str(judged)
"""


@pytest.fixture
def project(pytester: pytest.Pytester) -> pytest.Pytester:
    """Return a project with connectors and a scenario."""
    write_project(pytester.path)
    return pytester


def run(project: pytest.Pytester, *words: str) -> pytest.RunResult:
    """Run pytest in the project. Its worlds have processes of their own."""
    without = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest"]  # the latter imports for long
    return project.runpytest_inprocess(*without, "-ra", *words)


def test_nothing_is_collected_without_a_connector(project: pytest.Pytester) -> None:
    """Who merely has scenarios is left alone; where there is nothing else, it is said why."""
    done = run(project)
    assert done.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    told = "1 *.scenario.yaml not collected: give --fillproof-connector NAME or *"
    done.stdout.fnmatch_lines([told])
    project.makepyfile("def test_of_theirs(): pass")
    run(project).stdout.no_fnmatch_line(told)


def test_a_connector_that_nobody_knows_is_wrong_use(project: pytest.Pytester) -> None:
    """Said once, however many scenarios there are, and with what may have been meant."""
    done = run(project, "--fillproof-connector", "refrence")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: unknown connector 'refrence'; did you mean \"reference\"?*"])


def test_who_does_not_use_it_pays_nothing(project: pytest.Pytester) -> None:
    """The plugin is loaded in every project that has Fillproof installed: it must be light."""
    project.makeconftest(
        "import sys\n"
        "def pytest_unconfigure():\n"
        "    print('heavy', sorted({'pydantic', 'yaml', 'aiohttp', 'rich'} & {*sys.modules}))\n"
    )
    done = project.runpytest_subprocess("-p", "no:hypothesispytest", "-p", "no:cacheprovider")
    done.stdout.fnmatch_lines(["heavy [[][]]"])


def test_a_scenario_is_an_item_with_a_readable_id(project: pytest.Pytester) -> None:
    """File, name and connector; nothing random."""
    done = run(project, "--fillproof-connector", "tellers:Honest", "--collect-only", "-q")
    done.stdout.fnmatch_lines(["one_fill.scenario.yaml::one_fill[[]tellers:Honest[]]"])


def test_an_honest_connector_passes(project: pytest.Pytester) -> None:
    """And the report has connector, seed and digest."""
    words = "--fillproof-connector tellers:Honest --fillproof-seed 3 --junitxml report.xml"
    done = run(project, *words.split())
    done.assert_outcomes(passed=1)
    properties = {one.get("name"): one.get("value") for one in parse("report.xml").iter("property")}
    assert properties["fillproof.connector"] == "tellers:Honest"
    assert properties["fillproof.seed"] == "3"
    assert len(properties["fillproof.digest"] or "") == 64


def test_a_breach_fails_with_the_finding(project: pytest.Pytester) -> None:
    """The text is the finding, the short summary its one line."""
    done = run(project, "--fillproof-connector", "tellers:Liar")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(
        [
            "*fillproof run one_fill.scenario.yaml --connector tellers:Liar --seed 0",
            "FAILED one_fill.scenario.yaml::one_fill[[]tellers:Liar[]] - L6: *",
        ]
    )


def test_a_known_failure_is_an_xfail(project: pytest.Pytester) -> None:
    """With its reason."""
    project.makefile(".yaml", known=PINNED.format(version=__version__, rule="L6"))
    words = "--fillproof-connector tellers:Liar --fillproof-known-failures known.yaml"
    done = run(project, *words.split())
    done.assert_outcomes(xfailed=1)
    done.stdout.fnmatch_lines(["XFAIL *L6: it never tells a fill*"])


def test_a_known_failure_that_is_gone_fails(project: pytest.Pytester) -> None:
    """An unexpected pass is news."""
    pin = PINNED.format(version=__version__, rule="L6").replace("Liar", "Honest")
    project.makefile(".yaml", known=pin)
    words = "--fillproof-connector tellers:Honest --fillproof-known-failures known.yaml"
    done = run(project, *words.split())
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["L6 is a known failure and did not fail: it never tells a fill"])


def test_a_tolerated_trace_passes_unless_strict_is_asked_for(project: pytest.Pytester) -> None:
    """By the option, or by the ini file for good."""
    tolerated = "expect:\n  a:\n    non_strict: [[Created, Filled 0.4, Filled 0.6, Completed]]\n"
    (project.path / "one_fill.scenario.yaml").write_text(ONE_FILL + tolerated)
    words = ("--fillproof-connector", "tellers:Honest")
    run(project, *words).assert_outcomes(passed=1)
    strict = run(project, *words, "--fillproof-strict")
    strict.assert_outcomes(failed=1)
    strict.stdout.fnmatch_lines(["*--connector tellers:Honest --seed 0 --strict"])
    project.makeini("[pytest]\nfillproof_strict = true\n")
    run(project, *words).assert_outcomes(failed=1)


def test_what_the_connector_does_not_promise_is_skipped(project: pytest.Pytester) -> None:
    """The reference promises no GTD."""
    scenario = ONE_FILL.replace(
        'price: "29000"', 'price: "29000", time_in_force: GTD, good_for: 1h'
    )
    project.makefile(".scenario.yaml", one_fill=scenario)
    done = run(project, "--fillproof-connector", "tellers:Honest")
    done.assert_outcomes(skipped=1)
    done.stdout.fnmatch_lines(["SKIPPED *needs gtd: not promised by the connector*"])


def test_a_broken_scenario_is_an_error_with_its_line(project: pytest.Pytester) -> None:
    """Found before anything runs."""
    project.makefile(".scenario.yaml", one_fill=ONE_FILL.replace("buy:", "bye:"))
    done = run(project, "--fillproof-connector", "tellers:Honest")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*one_fill.scenario.yaml:7:5: *"])


def test_a_conftest_or_the_ini_file_names_the_connector(project: pytest.Pytester) -> None:
    """The option outranks the conftest, the conftest the ini value."""
    project.makeini("[pytest]\nfillproof_connector = tellers:Liar\n")
    run(project).assert_outcomes(failed=1)
    project.makeconftest(CONFTEST)
    run(project).assert_outcomes(passed=1)
    run(project, "--fillproof-connector", "tellers:Liar").assert_outcomes(failed=1)


def test_scenarios_can_be_left_out_by_their_marker(project: pytest.Pytester) -> None:
    """They carry the marker `fillproof`."""
    words = ["--fillproof-connector", "tellers:Honest", "--strict-markers"]
    run(project, *words, "-m", "not fillproof").assert_outcomes(deselected=1)


def test_a_test_runs_a_scenario_by_itself(project: pytest.Pytester) -> None:
    """A path or YAML text; the result says all there is to say."""
    project.makeconftest(CONFTEST)
    project.makepyfile(test_honest=HONEST_TEST, test_liar=LIAR_TEST)
    run(project, "test_honest.py", "test_liar.py").assert_outcomes(passed=3)
