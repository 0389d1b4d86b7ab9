"""S: the stream that brings what happens to the orders is kept."""
