"""Keeps a public body's register of client touchpoints."""
