"""What Groundwork computes, keeps and draws; app.py and pages/ arrange it on screens."""

__version__ = "0.1.0"
