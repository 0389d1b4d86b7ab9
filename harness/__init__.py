"""The judge: scenarios, workers, connectors, rules, verdicts and reports."""
