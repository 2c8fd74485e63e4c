"""What comes in and goes out as a file?  Workbooks, zips, ledgers, and what is wrong with them."""
