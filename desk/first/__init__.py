"""What a visitor sees before the live page: its first figure as a picture drawn of the build."""
