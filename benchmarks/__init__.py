"""Measurements of the whole program, and the generators they run on."""
