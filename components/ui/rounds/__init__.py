"""Rounds on the screen: joining, answering by oneself, and what the projector shows meanwhile."""
