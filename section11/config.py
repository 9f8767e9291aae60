"""Settings, from ``SECTION11_*`` environment variables or a ``.env`` file."""

from __future__ import annotations

import os
import secrets
from functools import lru_cache
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from section11.domain.people import Role
from section11.errors import SettingMissingError

PROJECT_DIR = Path(__file__).resolve().parent.parent
KEY_IS_WRITTEN_WITHIN = 3.0
"""Seconds from making the file of the key to having written it, on a machine that is busy."""


class Settings(BaseSettings):
    """Every setting with its default; ``docs/running.md`` lists them for people."""

    model_config = SettingsConfigDict(env_prefix="SECTION11_", env_file=".env", extra="ignore")

    data_dir: Path = Field(default=PROJECT_DIR / "data", description="Folder for the database and the secret key.")
    database_url: str = Field(default="", description="sqlite:///… or postgresql://…; empty means a file in data_dir.")
    base_url: str = Field(default="http://localhost:8501", description="The address people type, without a final /.")
    allowed_hosts: str = Field(default="", description="Further host names people may use, with commas between them.")
    health_token: str = Field(default="", description="Lets a watcher elsewhere ask /health; empty: this machine only.")
    second_step_roles: str = Field(default="", description="Roles that must sign in with a code as well, with commas.")
    oidc_issuer: str = Field(default="", description="Address of the sign-in service (OpenID Connect); empty: none.")
    oidc_client_id: str = Field(default="", description="What the sign-in service calls this product.")
    oidc_client_secret: str = Field(default="", description="The secret the sign-in service gave for it.")
    oidc_name: str = Field(default="your organisation's account", description="How the button calls the service.")
    oidc_emails_are_verified: bool = Field(
        default=False, description="The service gives out no e-mail address that is not the person's own."
    )
    smtp_host: str = Field(default="", description="The mail server; empty: no mail is sent.")
    smtp_port: int = Field(default=0, description="Its port; 0: 587, or 465 with tls, or 25 with none.")
    smtp_security: str = Field(default="starttls", description="starttls, tls, or none on a trusted network.")
    smtp_user: str = Field(default="", description="Whom to sign in as there; empty: nobody.")
    smtp_password: str = Field(default="", description="The password for it.")
    smtp_password_file: Path | None = Field(default=None, description="A file that holds the password instead.")
    smtp_ca_file: Path | None = Field(default=None, description="Certificates to trust besides the machine's own.")
    mail_from: str = Field(default="", description="Who mail comes from: Section 11 audit <audit@example.org>.")
    secret_key: str = Field(default="", description="Signs forms; empty means one is made and kept in data_dir.")
    evidence_url: str = Field(default="", description="Folder or s3://… for evidence files; empty: in data_dir.")
    clamav: str = Field(default="", description="Socket or host:port of ClamAV; empty means files are not scanned.")
    metrics_token: str = Field(default="", description="Opens /metrics to a monitor; empty means there is none.")
    standards_dir: Path = Field(default=PROJECT_DIR / "standards", description="Folder of the question sets.")
    organisation_types_file: Path = Field(
        default=PROJECT_DIR / "orgs" / "types.yaml", description="Organisation types and their usual duty."
    )

    def _make_data_folder(self) -> None:
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise SettingMissingError(
                f"The folder for the data cannot be made: {self.data_dir} ({error.strerror}). "
                "Set SECTION11_DATA_DIR to a folder that this account may write to."
            ) from None

    def address_of_database(self, *, make_folder: bool = True) -> str:
        """Return the database address; the folder of the default SQLite file is made if need be, for its owner alone.

        Raises:
            SettingMissingError: the folder cannot be made.
        """
        if self.database_url:
            return self.database_url
        if make_folder:
            self._make_data_folder()
        return f"sqlite:///{self.data_dir / 'section11.db'}"

    def address_of_evidence(self) -> str:
        """Return the folder or address where evidence files are kept."""
        return self.evidence_url or str(self.data_dir / "evidence")

    def signing_key(self) -> str:
        """Return the key that signs forms, made on first use and readable by its owner alone.

        Raises:
            SettingMissingError: the file that should hold it is empty.
        """
        if self.secret_key:
            return self.secret_key
        self._make_data_folder()
        path = self.data_dir / "secret_key"
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _key_in(path)
        with os.fdopen(handle, "w") as file:
            key = secrets.token_urlsafe(48)
            file.write(key)
        return key

    def hosts(self) -> list[str]:
        """Return the host names requests may be addressed to: of ``base_url``, the further ones, and this machine's."""
        further = [name.strip() for name in self.allowed_hosts.split(",") if name.strip()]
        return [urlsplit(self.base_url).hostname or "", *further, "localhost", "127.0.0.1"]

    def roles_with_second_step(self) -> frozenset[Role]:
        """Return the roles that must sign in with a code as well.

        Raises:
            SettingMissingError: one of the names is no role.
        """
        names = [name.strip().lower().replace(" ", "_") for name in self.second_step_roles.split(",") if name.strip()]
        known = {role.value: role for role in Role if role is not Role.OPERATOR}
        if unknown := [name for name in names if name not in known]:
            raise SettingMissingError(
                f"SECTION11_SECOND_STEP_ROLES names “{unknown[0]}”, which is no role. "
                f"Write some of: {', '.join(sorted(known))}."
            )
        return frozenset(known[name] for name in names)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


def _key_in(path: Path) -> str:
    """Return the key in a file that may have been made a moment ago, by a process that was started with this one."""
    give_up_at = monotonic() + KEY_IS_WRITTEN_WITHIN
    while not (key := path.read_text().strip()):
        if monotonic() > give_up_at:
            raise SettingMissingError(
                f"The file with the key that signs forms is empty: {path}. Put back the copy you kept. If there is "
                "none, delete the file: a new key is made, and people set up their second step of signing in again."
            )
        sleep(0.02)
    return key


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings()
