"""What does whoever runs the page for others need?  A log, counters, its version, and who may enter."""
