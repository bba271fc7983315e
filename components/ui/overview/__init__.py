"""What the overview shows beside its lanes."""
