"""``spectrum about``."""


def about() -> None:
    """Show versions, licence and acknowledgement.

    Example: spectrum about
    """
    from spectrum_cli.cli.output import new_page, show_page
    from spectrum_cli.render.about import render_about
    from spectrum_cli.workflows.about import collect_about

    page = new_page()
    render_about(collect_about(), page)
    show_page(page)
