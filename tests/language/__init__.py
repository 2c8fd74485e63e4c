"""In every language alike, and in one more that no module has heard of."""
