"""LibreOffice opens the slides of a board pack, and their charts still carry their numbers when it saves them again."""

import shutil
import subprocess
from io import BytesIO

import pytest
from pptx import Presentation

from section11.presentations.board_pack_slides import board_pack_slides
from tests.unit.board_pack_builders import FINGERPRINT, a_pack
from tests.unit.figure_builders import seven_organisations


def numbers_in(content):
    charts = [
        shape.chart for slide in Presentation(BytesIO(content)).slides for shape in slide.shapes if shape.has_chart
    ]
    return [[(one.name, [float(each) for each in one.values]) for one in chart.plots[0].series] for chart in charts]


def test_libreoffice_opens_the_slides_and_their_charts_carry_their_numbers(tmp_path):
    written = board_pack_slides(a_pack(seven_organisations(), earlier=seven_organisations()), FINGERPRINT, None)
    (tmp_path / "pack.pptx").write_bytes(written)

    subprocess.run(
        [
            str(shutil.which("soffice")),
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *("--headless", "--convert-to", "pptx", "--outdir", f"{tmp_path}/again", f"{tmp_path}/pack.pptx"),
        ],
        check=True,
        capture_output=True,
        timeout=200,
    )
    again = (tmp_path / "again" / "pack.pptx").read_bytes()

    before, after = numbers_in(written), numbers_in(again)
    assert len(Presentation(BytesIO(again)).slides) == len(Presentation(BytesIO(written)).slides)
    assert len(before) > 2
    assert [[name for name, _ in chart] for chart in after] == [[name for name, _ in chart] for chart in before]
    for old, new in zip(before, after, strict=True):
        for (_, was), (_, now) in zip(old, new, strict=True):
            assert now == pytest.approx(was, abs=0.005)
