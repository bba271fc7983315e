"""The shell commands, one module a phase."""
