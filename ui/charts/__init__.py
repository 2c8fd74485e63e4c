"""What is drawn?  A specification a chart, colours, marks, legends."""
