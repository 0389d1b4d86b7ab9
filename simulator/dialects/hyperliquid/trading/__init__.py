"""Actions: orders, cancels, modifications, and the settings of an account."""
