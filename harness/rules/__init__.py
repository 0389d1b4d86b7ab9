"""The contract: one pure function a rule, a file a family."""
