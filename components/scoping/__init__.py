"""Problems, solutions, prior work and their ranking."""
