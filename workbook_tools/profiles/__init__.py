"""The profiles shipped with the program, one .toml file each."""
