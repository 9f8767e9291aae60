"""The store of evidence files: kept once, given back unchanged or not at all; in a folder and on S3."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from section11.config import Settings
from section11.errors import SettingMissingError
from section11.storage.evidence_files import EvidenceFiles, EvidenceLostError

CONTENT = b"%PDF-1.7 a policy"
NAME = sha256(CONTENT).hexdigest()


@pytest.fixture(scope="module")
def s3_server():
    """A server on this machine that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server, monkeypatch, request):
    """The address of an empty bucket, found through the usual settings of S3."""
    import boto3

    settings = {"AWS_ENDPOINT_URL": s3_server, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    for name, value in {**settings, "AWS_DEFAULT_REGION": "eu-west-2"}.items():
        monkeypatch.setenv(name, value)
    name = f"evidence-{sha256(request.node.name.encode()).hexdigest()[:12]}"
    client = boto3.client("s3")
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    client.close()
    return f"s3://{name}/files"


@pytest.fixture(params=["folder", "bucket"])
def address(request, tmp_path):
    return str(tmp_path / "evidence") if request.param == "folder" else request.getfixturevalue("bucket")


def test_a_content_is_kept_under_its_hash_and_comes_back_unchanged(address):
    assert EvidenceFiles.open(address).keep(CONTENT) == NAME

    assert EvidenceFiles.open(address).read(NAME) == CONTENT


def test_what_is_not_there_is_lost_and_not_empty(address):
    with pytest.raises(EvidenceLostError, match="cannot be opened"):
        EvidenceFiles.open(address).read(NAME)


def test_a_content_that_somebody_changed_in_the_store_is_not_given_out(address):
    files = EvidenceFiles.open(address)
    files.keep(CONTENT)
    files._files.pipe_file(files._path(NAME), b"%PDF-1.7 another policy")

    with pytest.raises(EvidenceLostError):
        files.read(NAME)


def test_keeping_a_damaged_content_again_mends_it(address):
    files = EvidenceFiles.open(address)
    files.keep(CONTENT)
    files._files.pipe_file(files._path(NAME), b"")

    files.keep(CONTENT)

    assert files.read(NAME) == CONTENT


def test_the_same_content_is_stored_once(address):
    files = EvidenceFiles.open(address)
    files.keep(CONTENT)
    files.keep(CONTENT)
    files.keep(b"another")

    assert len(files._files.find(files._root)) == 2


def test_a_folder_holds_nothing_half_written_and_only_its_owner_reads(tmp_path):
    EvidenceFiles.open(str(tmp_path)).keep(CONTENT)

    [file] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert file.relative_to(tmp_path) == Path(NAME[:2]) / NAME
    assert file.stat().st_mode & 0o077 == 0


def test_a_write_that_breaks_off_leaves_no_file_under_the_name(tmp_path, monkeypatch):
    def no_room(_handle: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    files = EvidenceFiles.open(str(tmp_path))

    with pytest.raises(OSError, match="No space left"):
        files.keep(CONTENT)

    monkeypatch.undo()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    with pytest.raises(EvidenceLostError):
        files.read(NAME)
    assert files.keep(CONTENT) == NAME


def test_opening_a_store_writes_nothing(tmp_path):
    EvidenceFiles.open(str(tmp_path / "evidence"))

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["carrier-pigeon://loft/3", "nonsense://"])
def test_an_address_nothing_can_write_to_says_how_to_set_it(address):
    with pytest.raises(SettingMissingError, match="SECTION11_EVIDENCE_URL"):
        EvidenceFiles.open(address)


def test_the_folder_is_beside_the_database_unless_set(tmp_path):
    assert Settings(data_dir=tmp_path, evidence_url="").address_of_evidence() == str(tmp_path / "evidence")
    assert Settings(data_dir=tmp_path, evidence_url="s3://b/f").address_of_evidence() == "s3://b/f"


def test_without_an_s3_address_nothing_of_s3_is_loaded(tmp_path):
    """S3 takes a second and 60 MB to load; whoever keeps files in a folder must not pay for it."""
    program = (
        "import json, sys; from section11.storage.evidence_files import EvidenceFiles; "
        f"EvidenceFiles.open({str(tmp_path)!r}); "
        "print(json.dumps([one for one in ('s3fs', 'aiohttp', 'botocore') if one in sys.modules]))"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) == []
