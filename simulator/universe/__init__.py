"""The sealed universe: virtual time, virtual network, seeded entropy, escape detector."""
