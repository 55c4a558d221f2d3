"""Spatial hearing: from an array recording to one separated stream per direction, blind.

Role: plain numpy signal processing over arrays of samples. It knows no file, no database, no model and no clock; who
spoke when (VAD) comes in as spans. Angles are radians, counter-clockwise from the array's x axis;
spectra are complex64 (channels, bins, frames); audio is float32 (channels, samples), -1 to 1.
"""
