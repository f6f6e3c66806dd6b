"""The commands of `amur`, by what they do: write builds, or answer from one."""
