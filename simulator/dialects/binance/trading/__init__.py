"""Orders, lists of orders and cancels: requests to commands, reports to answers."""
