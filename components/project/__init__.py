"""What is saved, and how it travels."""
