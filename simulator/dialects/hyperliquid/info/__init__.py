"""What POST /info answers, by its type."""
