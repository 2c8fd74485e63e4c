"""Which question does each view answer?  One module a view, and what the two with levers share."""
