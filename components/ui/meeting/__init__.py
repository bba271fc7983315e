"""Meeting mode: the strip on top of every screen of everybody in a meeting, the agenda, and the closing screen."""
