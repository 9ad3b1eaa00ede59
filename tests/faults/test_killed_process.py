"""kill -9 of the API at work: what was acknowledged is there, nothing is half done, the next start carries on."""

import asyncio
from pathlib import Path

from tests.faults.product import HALF_DONE, Product, running
from tests.faults.traffic import Traffic, traffic

KILLS = 2


async def test_nothing_acknowledged_is_lost_and_nothing_half_done(tmp_path: Path) -> None:
    with running(tmp_path) as product:
        headers = product.sign_in()
        async with traffic(product.url, headers, 3) as load:
            for _ in range(KILLS):
                load.begin()
                await load.acknowledged(30)
                await asyncio.to_thread(product.kill)
                await load.end()
                await asyncio.to_thread(product.start)
                _check(product, load)
            load.begin()
            await load.acknowledged(10)
            await load.end()
            _check(product, load)


def _check(product: Product, load: Traffic) -> None:
    stored = {str(row["id"]) for row in product.rows("SELECT id FROM messages WHERE state = 'sent'")}
    missing = {message for messages in load.sent.values() for message in messages} - stored
    assert not missing, f"{len(missing)} acknowledged messages are gone"
    assert product.rows(HALF_DONE) == []
