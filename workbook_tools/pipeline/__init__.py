"""What each command does: examine files, consolidate, write."""
