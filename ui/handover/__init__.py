"""What leaves the page: files made from the same objects as the screen."""
