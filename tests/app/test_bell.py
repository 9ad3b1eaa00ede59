"""The bell rings on open screens, for its person alone."""

from dealsmart_app.states.notifications import NotificationState
from tests.app.socket_client import Socket
from tests.served import Served, cookie_of

LOAD = f"{NotificationState.get_full_name()}.load"
GUARD = LOAD.rsplit(".", 2)[0] + ".guard"
ALL_READ = f"{NotificationState.get_full_name()}.mark_all_read"


async def test_an_assignment_rings_at_once_for_the_assignee_only(served: Served) -> None:
    """No reload; a colleague's bell stays quiet; marking all read empties the count."""
    with served.sign_in("ada") as ada, served.sign_in("luis") as luis, served.sign_in("mei") as mei:
        async with Socket(served.url, cookie_of(luis)) as bell, Socket(served.url, cookie_of(mei)) as other:
            for socket in (bell, other):
                await socket.send(GUARD, "/settings", route="/settings")
                await socket.send(LOAD, "/settings")
            body = {"customer": {"name": "Wanda Quill"}, "source": "web", "message": {"content": "Hello"}}
            conversation = ada.post("/api/v1/conversations", json=body).json()["data"]["id"]
            person = luis.get("/api/v1/users/me").json()["data"]["id"]
            heard = len(bell.heard)
            ada.post(f"/api/v1/conversations/{conversation}/assign", json={"staff_id": person}).raise_for_status()
            assert conversation in await bell.quiet(heard)
            assert conversation not in await other.quiet(0, first=0.5)
            assert '"unread_rx_state_": 0' in await bell.send(ALL_READ, "/settings")
