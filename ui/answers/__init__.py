"""What does the page say of a state?  Sentences and rows for tables and charts; nothing is drawn here."""
