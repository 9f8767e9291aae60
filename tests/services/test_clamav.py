"""Speaking with a virus scanner over its own protocol, on a real socket."""

import pytest

from section11.errors import SettingMissingError
from section11.services.clamav import PIECE, ClamAv, ScannerSilentError
from tests.services.evidence_builders import HARMFUL_MARK, a_scanner, nobody_listens


@pytest.fixture(params=["socket", "port"])
def desk(request, tmp_path):
    with a_scanner(tmp_path / "clamd" if request.param == "socket" else None) as desk:
        yield desk


def test_a_clean_file_is_harmless_and_was_sent_whole_in_pieces(desk):
    content = b"x" * (PIECE * 2 + 7)

    assert ClamAv.at(desk.address).is_harmless(content)
    assert desk.heard == [b"zINSTREAM\0" + content]


def test_a_harmful_file_is_not(desk):
    assert not ClamAv.at(desk.address).is_harmless(b"before " + HARMFUL_MARK)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK maybe\0", b"\0"])
def test_an_answer_that_is_no_verdict_says_nothing_about_the_file(desk, answer):
    desk.answer = answer

    with pytest.raises(ScannerSilentError):
        ClamAv.at(desk.address).is_harmless(b"x")


@pytest.mark.parametrize("address", ["/nowhere/clamd.ctl", "port"])
def test_a_scanner_that_is_not_there_is_silent(address):
    with pytest.raises(ScannerSilentError):
        ClamAv.at(nobody_listens() if address == "port" else address).is_harmless(b"x")


@pytest.mark.parametrize("address", ["clamd", "clamd:", ":3310", "clamd:http", "run/clamd.ctl"])
def test_a_setting_that_names_no_place_says_how_to_set_it(address):
    with pytest.raises(SettingMissingError, match="SECTION11_CLAMAV"):
        ClamAv.at(address)
