"""The page where there is no network: one HTML file whose sliders move what the page's move."""
