"""On a cluster the next request of a reader may be answered by another process, from a member that lags: the cookie says what it has to have seen."""

from flask import Flask, Response, session

from marketplace.web.site import current_site

SEEN = "seen"


def install_following(app: Flask) -> None:
    """Each request follows its own cookie and nothing else, so that a name from before a restore holds nobody up twice."""
    if not app.extensions["site"].graph.is_clustered:
        return

    def follow() -> None:
        current_site().graph.follow(session.get(SEEN, ()))

    def remember(response: Response) -> Response:
        seen = list(current_site().graph.followed())
        if seen != session.get(SEEN, []):
            session[SEEN] = seen
        return response

    app.before_request(follow)
    app.after_request(remember)
