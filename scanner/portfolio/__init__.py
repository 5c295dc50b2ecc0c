"""Portfolio: many projects at once, kept in one store, and the questions one asks of all of them."""
