"""What the server's log may say about an address."""

import logging

import pytest

from section11.web.access_log import keep_invitations_out_of_the_log


@pytest.fixture
def logged(caplog):
    keep_invitations_out_of_the_log()
    logger = logging.getLogger("uvicorn.access")
    logger.addHandler(caplog.handler)
    logger.setLevel(logging.INFO)

    def lines(path):
        logger.info('%s - "%s %s HTTP/%s" %d', "192.0.2.7:50000", "GET", path, "1.1", 200)
        return {record.getMessage() for record in caplog.records}

    yield lines
    logger.removeHandler(caplog.handler)


def test_the_token_of_an_invitation_is_not_in_the_log(logged):
    assert logged("/invitation/8f3kTq_-secret") == {'192.0.2.7:50000 - "GET /invitation/… HTTP/1.1" 200'}


def test_other_addresses_are_logged_as_they_are(logged):
    assert logged("/return?cycle=2026") == {'192.0.2.7:50000 - "GET /return?cycle=2026 HTTP/1.1" 200'}
