"""Who a token belongs to, remembered for at most five seconds (contract, "Who is calling")."""

import time

from api.core.security import Actor

LIFETIME_SECONDS = 5.0
MAX_ENTRIES = 20_000


class SessionCache:
    """Actors by token hash; a revocation in this process is felt at once, elsewhere by its event or in 5 s."""

    def __init__(self) -> None:
        self._actors: dict[bytes, tuple[float, Actor]] = {}
        self.generation = 0

    def get(self, token: bytes) -> Actor | None:
        """Return the remembered actor, or None."""
        found = self._actors.get(token)
        if found is None or found[0] < time.monotonic():
            return None
        return found[1]

    def put(self, token: bytes, actor: Actor, generation: int) -> None:
        """Remember an actor, unless somebody was forgotten since `generation` was read."""
        if generation != self.generation:
            return
        if len(self._actors) >= MAX_ENTRIES:
            self._actors.clear()
        self._actors[token] = (time.monotonic() + LIFETIME_SECONDS, actor)

    def forget(self, user_id: str | None = None, session_id: str | None = None, key_id: str | None = None) -> None:
        """Drop every entry of the user, the session or the key."""
        self.generation += 1
        gone = [token for token, (_, actor) in self._actors.items() if _concerns(actor, user_id, session_id, key_id)]
        for token in gone:
            del self._actors[token]

    def clear(self) -> None:
        """Drop everything."""
        self.generation += 1
        self._actors.clear()


def _concerns(actor: Actor, user_id: str | None, session_id: str | None, key_id: str | None) -> bool:
    pairs = ((actor.user_id, user_id), (actor.session_id, session_id), (actor.key_id, key_id))
    return any(asked is not None and str(known) == asked for known, asked in pairs)
