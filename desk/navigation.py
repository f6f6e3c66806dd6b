"""The pages of the desk in the order of the menu."""

PAGES = (
    "overview",
    "trade",
    "energy",
    "pipelines",
    "map",
    "technology",
    "products",
    "partners",
    "compare",
    "articles",
    "briefing",
    "status",
)


def path(page: str) -> str:
    """Return the address of a page beneath that of the desk."""
    return "" if page == "overview" else page
