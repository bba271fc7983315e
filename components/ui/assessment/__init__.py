"""The views of the screen *Assessment*: each answers one question about the ideas."""
