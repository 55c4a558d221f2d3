"""Encode: files of the world become moments, durably first and understood afterwards."""
