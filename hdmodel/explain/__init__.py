"""How does a number come about?  The model's own formulas over symbols, printed as worked lines."""
