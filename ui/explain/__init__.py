"""Which number is asked about?  Questions, and the clicks that ask them."""
