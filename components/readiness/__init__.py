"""The checklist, and where the project stands."""
