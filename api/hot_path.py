"""HotPath: answers the hot reads ahead of FastAPI's own layers, which cost more than those reads do."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.routing import ReadRoute

ErrorAnswer = Callable[[Request, Exception], Awaitable[Response]]


class HotPath:
    """Answer a GET of a ReadRoute here, and let everything else pass to the ordinary way.

    It stands within `RequestContext` and `Compression`, which serve both ways, and finds, runs and refuses with the
    routes' own patterns and handlers and the application's own error answers: it knows no rule of its own. What it
    spares is the search through all routes, FastAPI's exception and exit-stack layers and its wrappers.
    """

    def __init__(
        self, app: ASGIApp, *, routes: Sequence[ReadRoute], answers: Mapping[type[Exception], ErrorAnswer]
    ) -> None:
        """Take the hot routes, and how each kind of expected error is answered."""
        self.app = app
        self._routes = [(route.path_regex.match, route.answer) for route in routes]
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] == "http" and scope["method"] == "GET" and not scope.get("root_path"):
            for match, answer in self._routes:
                if found := match(scope["path"]):
                    scope["path_params"] = found.groupdict()
                    response = await self._answered(answer, Request(scope, receive))
                    await response(scope, receive, send)
                    return
        await self.app(scope, receive, send)

    async def _answered(self, answer: Callable[[Request], Awaitable[Response]], request: Request) -> Response:
        try:
            return await answer(request)
        except Exception as error:
            for kind in type(error).__mro__:
                if kind in self._answers:
                    return await self._answers[kind](request, error)
            raise
