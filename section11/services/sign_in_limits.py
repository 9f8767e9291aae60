"""Whether somebody may try to sign in now, decided and counted in the database for every process alike."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from section11.domain.sign_in_limits import (
    FLOOD_AT_ACCOUNT,
    FLOOD_FROM_ADDRESS,
    FLOOD_WITHIN,
    REMEMBERED_FOR,
    waits_until,
)
from section11.services.office import Office
from section11.storage.unit_of_work import UnitOfWork

DEVICE_KNOWN_FOR = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is at the door: their network address, the cookie of a browser that signed in before, and its name."""

    address: str = ""
    device: str | None = None
    browser: str = ""


def may_try(office: Office, account: str, person_id: str | None, caller: Caller) -> bool:
    """Return whether this caller may try at this account now, and count the try as a wrong one until it is forgiven.

    Counted before the password is looked at, so that many tries at the same moment are not all let through.
    ``account`` is the e-mail address as typed, whether or not anybody has it.
    """
    now, key, address = office.clock(), account_key(account), _address_key(caller.address)
    with office.store.writing() as work:
        tries = work.sign_in_tries
        tries.lock()
        tries.forget_until(now - REMEMBERED_FOR)
        device = known_device(work, office, person_id, caller)
        own = {"device": device} if device else {"device": "", "address": address}
        waits = waits_until(tries.count(now - REMEMBERED_FOR, account=key, **own))
        if waits is not None and now < waits:
            return False
        if not device:
            since = now - FLOOD_WITHIN
            is_flood = tries.count(since, account=key, device="").number >= FLOOD_AT_ACCOUNT
            if is_flood or tries.count(since, address=address, device="").number >= FLOOD_FROM_ADDRESS:
                return False
        tries.add(account=key, address=address, device=device, at=now)
        work.commit()
    return True


def forgive(work: UnitOfWork, office: Office, account: str, person_id: str, caller: Caller) -> None:
    """Forget this caller's wrong tries at the account, in the transaction that lets them in."""
    device = known_device(work, office, person_id, caller)
    own = {"device": device} if device else {"device": "", "address": _address_key(caller.address)}
    work.sign_in_tries.forget(account=account_key(account), **own)


def known_device(work: UnitOfWork, office: Office, person_id: str | None, caller: Caller) -> str:
    """Return the hash of the caller's cookie when this person has signed in with it before, else nothing."""
    if person_id is None or not caller.device:
        return ""
    hashed = hashlib.sha256(caller.device.encode()).hexdigest()
    since = office.clock() - DEVICE_KNOWN_FOR
    return hashed if work.sign_in_tries.is_known_device(hashed, person_id, since) else ""


def account_key(account: str) -> str:
    """Return what tries at an account are counted under; what was typed is kept nowhere."""
    return hashlib.sha256(account.strip().lower().encode(errors="replace")).hexdigest()


def _address_key(address: str) -> str:
    """Return what tries from an address are counted under; of IPv6 the network, for one home has millions of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        parsed = None
    if isinstance(parsed, IPv6Address):
        address = str(int(parsed) >> 64)
    return hashlib.sha256(address.encode(errors="replace")).hexdigest()
