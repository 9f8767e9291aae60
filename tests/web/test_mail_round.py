"""While the server runs, what waits in the outbox goes out by itself, and a bad round does not end the next."""

import asyncio

import pytest

from section11.web.mail_round import sending_mail
from tests.mail_server import free_port, mail_server
from tests.services.builders import a_quiet_town
from tests.services.mail_builders import a_lost_mail, records, with_mail


@pytest.fixture
def town(sqlite_office, tmp_path):
    town = a_quiet_town(sqlite_office, tmp_path)
    let_wait(town, a_lost_mail(town))
    return town


def let_wait(town, mail_id):
    now = town.office.clock()
    with town.office.store.writing() as work:
        work.outbox.try_again(mail_id, now, now.replace(month=12))
        work.commit()


async def until(is_done):
    async with asyncio.timeout(10):
        while not is_done():
            await asyncio.sleep(0.01)


def test_what_waits_is_sent_while_the_server_runs(town):
    async def serve(letterbox):
        async with sending_mail(with_mail(town.office, letterbox.port), 0.01):
            await until(lambda: letterbox.messages)

    with mail_server() as letterbox:
        asyncio.run(serve(letterbox))

    assert letterbox.recipients == [town.approver.person.email]


def test_a_round_that_fails_is_followed_by_the_next(town):
    port = free_port()

    async def serve():
        async with sending_mail(with_mail(town.office, port), 0.01):
            await until(lambda: records(town.office)[0].last_fault)
            with mail_server(port=port) as letterbox:
                await until(lambda: letterbox.messages)
            return letterbox.recipients

    assert asyncio.run(serve()) == [town.approver.person.email]


def test_without_a_mail_server_the_server_just_runs(town):
    async def serve():
        async with sending_mail(town.office):
            return asyncio.all_tasks()

    assert len(asyncio.run(serve())) == 1
