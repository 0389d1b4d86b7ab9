"""The rules of the run itself: the connector's conduct, the scenario's wishes, our own house."""
