"""The frame around every screen."""

from components.ui import frame

frame.run()
