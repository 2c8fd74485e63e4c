"""What is around every view?  Header, cards, levers, notices, share, log, arithmetic."""
