"""What deploy/ hands to administrators fits the product: the image, the units, the proxy and their settings."""

import re
import shlex
import shutil
import subprocess
import sys

import pytest
import yaml

from section11.cli.app import app
from section11.config import Settings
from tests.browser.server import Product
from tests.conftest import PROJECT_DIR

DEPLOY = PROJECT_DIR / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted(DEPLOY.glob("*.service"))
DEVELOPMENT = (PROJECT_DIR / "requirements-dev.txt").read_text(encoding="utf-8")
COPIED = re.findall(r"^COPY (?!--from)(\S+) \S+$", DOCKERFILE, re.MULTILINE)
HEALTH_CHECK = shlex.split(re.search(r"HEALTHCHECK .*\\\n\s+CMD (.+)$", DOCKERFILE, re.MULTILINE)[1])
COMMANDS = {command.name or command.callback.__name__ for command in app.registered_commands} | {
    group.name for group in app.registered_groups
}


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    """Give a server that runs on nothing but what the image holds."""
    folder = tmp_path_factory.mktemp("image")
    for name in COPIED:
        source = PROJECT_DIR / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "generated"))
        else:
            shutil.copy(source, folder / name)
    product = Product(folder / "volume", program=folder, SECTION11_BASE_URL="https://audit.example.org")
    (folder / "volume").mkdir()
    product.start()
    yield product
    product.stop()


def checked(port):
    command = [sys.executable, *(word.replace("8501", str(port)) for word in HEALTH_CHECK[1:])]
    return subprocess.run(command, capture_output=True, timeout=30).returncode


def test_the_product_runs_on_what_the_image_holds_and_its_health_check_says_so(image):
    assert checked(image.port) == 0


def test_the_health_check_fails_where_nothing_answers():
    assert checked(9) != 0


def test_the_image_is_built_in_stages_and_runs_as_nobody_who_owns_anything():
    stages = re.split(r"^FROM ", DOCKERFILE, flags=re.MULTILINE)[1:]
    last = stages[-1]

    assert len(stages) == 2
    assert "pip install" not in last
    assert last.index("USER section11") < last.index("CMD [")
    assert len({stage.split()[0] for stage in stages}) == 1


def test_only_what_the_image_holds_reaches_the_build():
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()

    assert lines[1] == "*"
    assert {line[1:] for line in lines if line.startswith("!")} == {*COPIED}
    assert "exports/generated" in lines


def test_s3_is_installed_in_the_version_that_is_tested():
    assert re.search(r"s3fs==\S+", DOCKERFILE)[0] in DEVELOPMENT


def test_every_setting_of_the_compose_file_is_one_of_ours():
    names = {name.removeprefix("SECTION11_").lower() for name in COMPOSE["services"]["app"]["environment"]}

    assert names - {"forwarded_allow_ips"} <= Settings.model_fields.keys()


@pytest.mark.parametrize("unit", UNITS, ids=lambda one: one.name)
def test_every_unit_runs_a_command_there_is_as_the_account_with_its_settings(unit):
    words = unit.read_text(encoding="utf-8")
    commands = re.findall(r"-m (section11|streamlit) (\S+)", words)

    assert commands
    assert {name for program, name in commands if program == "section11"} <= COMMANDS
    for line in ("User=section11", "WorkingDirectory=/opt/section11", "EnvironmentFile=/etc/section11.env"):
        assert line in words


@pytest.mark.parametrize("timer", sorted(DEPLOY.glob("*.timer")), ids=lambda one: one.name)
def test_every_timer_has_its_unit(timer):
    assert timer.with_suffix(".service") in UNITS


def test_every_file_for_administrators_is_told_of():
    told = (PROJECT_DIR / "docs" / "running.md").read_text(encoding="utf-8")
    with_a_timer = {one.with_suffix(".service").name for one in DEPLOY.glob("*.timer")}
    files = {one.name for one in DEPLOY.iterdir() if one.suffix != ".dockerignore"} - with_a_timer

    assert [name for name in sorted(files) if f"../deploy/{name}" not in told] == []
