"""The rulebook on the screen: its rules, the rounds that measure them, what they do to the data, and the instructions."""
