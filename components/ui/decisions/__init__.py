"""The log of decisions: its cards, its forms, and how it leaves and comes back as files."""
