"""Who a token belongs to is forgotten at once, and not remembered from before that."""

from uuid import uuid4

from api.core.security import Actor
from api.services.session_cache import SessionCache
from models.users import Role


def test_what_was_read_before_a_revocation_is_not_remembered() -> None:
    cache, user = SessionCache(), uuid4()
    actor = Actor.person(user, Role.STAFF, session_id=uuid4())
    before = cache.generation
    cache.forget(user_id=str(user))
    cache.put(b"token", actor, before)
    assert cache.get(b"token") is None
    cache.put(b"token", actor, cache.generation)
    assert cache.get(b"token") is actor


def test_forgetting_takes_one_person_and_leaves_the_others() -> None:
    cache = SessionCache()
    ana, luis = (Actor.person(uuid4(), Role.STAFF, session_id=uuid4()) for _ in range(2))
    for token, actor in ((b"a", ana), (b"l", luis)):
        cache.put(token, actor, cache.generation)
    cache.forget(session_id=str(ana.session_id))
    assert cache.get(b"a") is None
    assert cache.get(b"l") is luis
    cache.clear()
    assert cache.get(b"l") is None
