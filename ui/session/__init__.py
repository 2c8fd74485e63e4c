"""What does a visitor hold?  The state, its history, the ledger, and what outlives a lost connection."""
