"""The browser of the journeys, for what only a browser can say."""

from tests.journeys.conftest import chromium

__all__ = ["chromium"]
