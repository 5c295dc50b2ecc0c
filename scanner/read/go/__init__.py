"""Go modules."""
