"""In which languages is everything said, and what is a text in all of them?"""
