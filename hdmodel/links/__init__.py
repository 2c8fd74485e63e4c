"""A state that travels: what does an address say, and how is it written?"""
