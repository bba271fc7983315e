"""One file that leaves the meeting."""
