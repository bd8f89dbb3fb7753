"""For analysts' notebooks only: py2neo, which its makers have retired. The site itself uses the official driver.

Install it with the extra `notebook`.
"""

from urllib.parse import urlsplit

try:
    from py2neo import Graph as NotebookGraph
except ImportError as error:
    raise ImportError('py2neo is missing: install the extra with `pip install "jiangchuang[notebook]"`') from error


def open_notebook(url: str, *, user: str = "", password: str = "", database: str | None = None) -> NotebookGraph:
    """A py2neo graph on the same store as the site; its constraint listing does not work on the embedded engine."""
    address = urlsplit(url)
    profile = f"{address.scheme}://{address.hostname}:{address.port or 7687}"
    return NotebookGraph(profile, auth=(user, password) if user else None, name=database)
