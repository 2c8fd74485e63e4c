"""What does the page write?  HTML as a type of its own, in which plain text is escaped by being put in."""
