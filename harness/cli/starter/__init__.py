"""The files `fillproof init` writes: an adapter to fill in, a conftest, a first scenario."""
