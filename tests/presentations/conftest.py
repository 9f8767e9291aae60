"""Leaves out what needs LibreOffice Impress where there is none."""

import shutil
from pathlib import Path

SOFFICE = shutil.which("soffice")
HAS_IMPRESS = SOFFICE is not None and (Path(SOFFICE).resolve().parent / "libsdlo.so").is_file()
collect_ignore = [] if HAS_IMPRESS else ["test_libreoffice_impress.py"]
