"""YAML to a frozen scenario, with every mistake named at its line."""
