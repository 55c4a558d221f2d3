"""The window, the command line, settings and wiring: the only place that knows everyone."""
