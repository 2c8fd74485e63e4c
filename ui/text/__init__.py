"""How does the page say it?  Words in each language, numbers rounded once, tables."""
