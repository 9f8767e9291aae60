"""What the server's log says of an address and of a fault, and what it keeps to itself."""

import io
import logging

import pytest
import structlog

from section11.web.server_log import keep_secrets_out_of_the_log


@pytest.fixture
def logged(caplog):
    keep_secrets_out_of_the_log()
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


def test_what_another_service_sends_back_is_not_in_the_log(logged):
    assert logged("/sign-in/back?code=8f3kTq&state=secret") == {'192.0.2.7:50000 - "GET /sign-in/back?… HTTP/1.1" 200'}


def test_an_e_mail_address_in_an_address_is_masked(logged):
    assert logged("/people?search=lead@oakfield.example") == {'192.0.2.7:50000 - "GET /people?search=…@… HTTP/1.1" 200'}


def test_other_addresses_are_logged_as_they_are(logged):
    assert logged("/return?cycle=2026") == {'192.0.2.7:50000 - "GET /return?cycle=2026 HTTP/1.1" 200'}


WHO = "no such person: lead@oakfield.example"
ANSWER = "A child told her teacher on Monday."


def log_of_a_fault():
    """Return what is logged when a fault arises where people's words and addresses are at hand."""
    answer = ANSWER
    structlog.reset_defaults()
    log = io.StringIO()
    keep_secrets_out_of_the_log(log)
    try:
        try:
            raise KeyError(WHO)
        except KeyError as error:
            raise ValueError(f"{'x' * 190} then\n{answer} {answer}") from error
    except ValueError as error:
        structlog.get_logger().error("page_failed", reference="12ab", exc_info=error)
    structlog.reset_defaults()
    return log.getvalue()


def test_a_fault_is_logged_with_its_reference_and_its_places():
    log = log_of_a_fault()
    assert "page_failed" in log
    assert "reference=12ab" in log
    assert log.count("in log_of_a_fault") == 2
    assert log.index("KeyError") < log.index("ValueError")


def test_a_fault_is_logged_without_what_people_wrote_or_who_they_are():
    log = log_of_a_fault()
    assert "A child told" not in log
    assert "lead@oakfield" not in log
    assert "KeyError: 'no such person: …@…'" in log
