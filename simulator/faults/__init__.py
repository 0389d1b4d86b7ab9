"""What can go wrong between a connector and its venue, as data."""
