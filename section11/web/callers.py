"""Who is at the door: where a request comes from, and what its browser calls itself."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request

from section11.config import Settings
from section11.services.sign_in_limits import Caller
from section11.web.session_cookie import device_cookie_name

# The first that is found counts: every browser names several others, the oldest last.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Windows", "Windows"),
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("CrOS", "a Chromebook"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
)


def caller_of(request: Request, settings: Settings) -> Caller:
    """Return who is at the door. Behind a proxy the server has put the address in place that the proxy told of."""
    address = plain_address(request.client.host) if request.client else ""
    device = request.cookies.get(device_cookie_name(settings)) or None
    return Caller(address, device, browser_named(request.headers.get("user-agent", "")))


def plain_address(host: str) -> str:
    """Return an address as it is usually written: a server that listens for both kinds puts IPv4 inside of IPv6."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def is_loopback(host: str) -> bool:
    """Return whether this is the machine itself."""
    try:
        return ip_address(plain_address(host)).is_loopback
    except ValueError:
        return False


def browser_named(user_agent: str) -> str:
    """Return ``Firefox on Windows`` for what a browser sends, so that a person knows their own; never what it sent."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "A browser")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    return f"{browser} on {system}" if system else browser
