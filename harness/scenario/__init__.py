"""YAML to a frozen scenario, with every mistake named at its line."""

from fillproof.harness.scenario.discovery import SUFFIX, discover, packaged_folder, scenario_id
from fillproof.harness.scenario.loading import from_document, load, load_venue, parse
from fillproof.harness.scenario.mistakes import Mistake, ScenarioError
from fillproof.harness.scenario.model import Expectation, Scenario, Step
from fillproof.harness.scenario.writing import to_yaml

__all__ = [
    "SUFFIX",
    "Expectation",
    "Mistake",
    "Scenario",
    "ScenarioError",
    "Step",
    "discover",
    "from_document",
    "load",
    "load_venue",
    "packaged_folder",
    "parse",
    "scenario_id",
    "to_yaml",
]
