"""Design system page: the style sheet's names and values, for those who build pages."""

from handlers.pages.base import PageHandler


class DesignHandler(PageHandler):
    """`/design`: its script reads the names and values out of the style sheet itself, so that they cannot differ."""

    def get(self) -> None:
        """Show it."""
        self.render("design.html")
