"""Names the connector that pytest judges."""


def pytest_fillproof_connector() -> str:
    """Return where the adapter is."""
    return "connector_adapter:ConnectorAdapter"
