"""How outputs reach their places on the disk: what is written there, in which order, and who may."""
