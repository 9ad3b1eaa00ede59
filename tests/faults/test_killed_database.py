"""kill -9 of PostgreSQL under load: it is started again, and everybody goes on without a word lost or told twice."""

import asyncio
from pathlib import Path

from tests.faults.product import HALF_DONE, Product, running
from tests.faults.traffic import Listener, Poller, traffic

BACK_SECONDS = 15
ANNOUNCED = {"503 upstream_unavailable", "409 stale_draft", "409 unsupported_claims", "409 already_decided"}


async def test_everybody_goes_on_after_the_database_was_killed(tmp_path: Path) -> None:
    with running(tmp_path) as product:
        async with traffic(product.url, product.sign_in(), 2) as load:
            pollers = [Poller(load.client, conversation) for conversation in load.conversations]
            listener = Listener(load.client, load.conversations[0])
            tasks = [asyncio.create_task(one.run()) for one in (*pollers, listener)]
            await asyncio.wait_for(listener.opened.wait(), 10)
            load.begin()
            await load.acknowledged(30)
            for _ in range(2):
                before = product.postmaster()
                product.kill_database()
                await load.acknowledged(40, BACK_SECONDS)
                assert product.postmaster() != before
            await load.end()
            await asyncio.sleep(2.5)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

            assert set(load.failures) <= ANNOUNCED, "a restart shows as a fault of ours"
            assert product.rows(HALF_DONE) == []
            for poller, conversation in zip(pollers, load.conversations, strict=True):
                await poller.finish()
                _saw_each_once_in_order(poller, load.sent[conversation], stored(product, conversation))
            sent_while_listening = set(load.sent[load.conversations[0]][1:])
            assert sent_while_listening <= set(listener.created), "the stream missed a message"


def stored(product: Product, conversation: str) -> list[str]:
    """Return what was really said in a conversation, in its order."""
    sql = "SELECT id FROM messages WHERE conversation_id = %s AND state = 'sent' ORDER BY ordered_at"
    return [str(row["id"]) for row in product.rows(sql, [conversation])]


def _saw_each_once_in_order(poller: Poller, acknowledged: list[str], there: list[str]) -> None:
    seen = [message["id"] for message in poller.seen]
    assert set(acknowledged) <= set(there), "an acknowledged message is gone"
    assert seen == there, "the poller missed a message, or saw one twice or out of order"
    times = [message["sent_at"] for message in poller.seen]
    assert times == sorted(set(times))
