"""Requests that are wrong in themselves: foreign hosts, lengths that lie, too much, and very slow ones."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, suppress

from tests.hostile.site import COOKIE, Site
from tests.hostile.tally import Row

CLIENT_FAULTS = (400, 403, 404, 405, 408, 411, 413, 414, 417, 431, 501, 505)
SLOW_AT_ONCE = 60
STILL_WITHIN_SECONDS = 3.0


def foreign_hosts(site: Site) -> Row:
    """Names we do not answer to, and headers of proxies that would lead people or links elsewhere."""
    row = Row("Host, X-Forwarded-* and next= that lead elsewhere")
    for host in (
        "evil.example",
        "localhost.evil.example",
        "evil.example:80",
        "[::1]",
        "",
        "a b",
        "localhost@evil.example",
    ):
        row.take(f"Host: {host}", site.wire.ask("GET", "/sign-in", headers={"Host": host}), 400)
    forwarded = (
        "X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override",
        "X-Original-Host", "Forwarded",
    )  # fmt: skip
    for name in forwarded:
        answer = site.wire.ask("GET", "/account", headers={name: "evil.example"})
        row.take(name, answer, 303)
        row.check(f"{name} is not where one is led", "evil" not in answer.headers.get("location", ""))
        page = site.wire.ask("GET", "/sign-in", headers={name: "https://evil.example/"})
        row.check(f"{name} is not on the page", "evil" not in page.text)
    session = {COOKIE: site.session(site.owner())}
    wanted_elsewhere = (
        "//evil.example", "/\\evil.example", "https://evil.example", "/%09/evil.example", "javascript:alert(1)",
        "/%2f%2fevil.example", "///evil.example", "/%0d%0aLocation:%20https://evil.example",
    )  # fmt: skip
    for wanted in wanted_elsewhere:
        answer = site.wire.ask("GET", f"/sign-in?next={wanted}", cookies=session)
        location = answer.headers.get("location", "")
        is_ours = location.startswith("/") and not location.startswith(("//", "/\\", "/\t"))
        row.check(f"next={wanted} leads to {location}", answer.status == 303 and is_ours)
    watcher = site.wire.ask("GET", "/health", headers={"X-Forwarded-For": "127.0.0.1"})
    row.take("/health for whoever says they are this machine", watcher, 403)
    return row


def malformed(site: Site) -> Row:
    """What smuggles one request inside another, and what no grammar allows; afterwards the server still answers."""
    row = Row("Malformed and smuggled requests")
    host = f"Host: localhost:{site.product.port}\r\n".encode()
    secret = b"GET /downloads/cycles/2024.xlsx HTTP/1.1\r\n" + host + b"\r\n"
    post = b"POST /sign-in HTTP/1.1\r\n" + host
    get = b"GET /account HTTP/1.1\r\n" + host
    odd = {
        "both lengths": post + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + secret,
        "two lengths": post + b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + secret,
        "negative length": post + b"Content-Length: -1\r\n\r\n",
        "length in words": post + b"Content-Length: ten\r\n\r\n",
        "odd coding": post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + secret,
        "broken chunk": post + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\nabc\r\n0\r\n\r\n",
        "endless chunk size": post + b"Transfer-Encoding: chunked\r\n\r\n" + b"F" * 40 + b"\r\n",
        "folded header": get + b"X-A: 1\r\n Cookie: section11=x\r\n\r\n",
        "space before colon": get + b"Cookie : section11=x\r\n\r\n",
        "bare line ends": get.replace(b"\r\n", b"\n") + b"\n",
        "nothing but a method": b"GET\r\n\r\n",
        "made-up method": b"FETCH /account HTTP/1.1\r\n" + host + b"\r\n",
        "connect": b"CONNECT evil.example:443 HTTP/1.1\r\n" + host + b"\r\n",
        "trace": b"TRACE /account HTTP/1.1\r\n" + host + b"\r\n",
        "whole address": b"GET http://evil.example/account HTTP/1.1\r\n" + host + b"\r\n",
        "nul in the path": b"GET /acc\x00ount HTTP/1.1\r\n" + host + b"\r\n",
        "not utf-8": b"GET /\xff\xfe HTTP/1.1\r\n" + host + b"\r\n",
        "old version": b"GET /account HTTP/0.9\r\n\r\n",
        "new version": b"GET /account HTTP/3.0\r\n" + host + b"\r\n",
        "noise": bytes(range(256)) * 20,
        "two hosts": b"GET /account HTTP/1.1\r\n" + host + b"Host: evil.example\r\n\r\n",
        "no host": b"GET /account HTTP/1.1\r\n\r\n",
        "upgrade to nothing": get + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
        "line end in a header": get + b"X-A: 1\rSet-Cookie: section11=x\r\n\r\n",
    }
    for what, data in odd.items():
        row.take(what, site.wire.raw(data, shut=True), 303, *CLIENT_FAULTS)
    row.check("the server still answers", site.wire.ask("GET", "/sign-in").status == 200)
    return row


def too_much(site: Site, *, is_whole: bool) -> Row:
    """Bodies, headers and addresses that are far too large."""
    row = Row("Oversized bodies, headers and addresses")
    megabytes = 50 if is_whole else 5
    token, cookies = site.form()
    row.take("long address", site.wire.ask("GET", "/account?" + "a" * 1_000_000), *CLIENT_FAULTS, 303)
    row.take("long header", site.wire.ask("GET", "/account", headers={"X-Long": "a" * 1_000_000}), *CLIENT_FAULTS, 303)
    row.take("long cookie", site.wire.ask("GET", "/account", cookies={COOKIE: "a" * 500_000}), *CLIENT_FAULTS, 303)
    many = {f"X-{number}": "a" for number in range(5_000)}
    row.take("5,000 headers", site.wire.ask("GET", "/account", headers=many), *CLIENT_FAULTS, 303)
    fields = {f"field{number}": "a" for number in range(100_000)}
    row.take("100,000 fields", site.wire.ask("POST", "/sign-in", cookies=cookies, body=fields), *CLIENT_FAULTS)
    for path in ("/sign-in", "/sign-out", "/sign-in/code", "/", "/account/password", "/_stcore/upload_file/x/y"):
        body = b"form_token=" + b"a" * megabytes * 1024 * 1024
        row.take(f"{megabytes} MB to {path}", site.wire.ask("POST", path, cookies=cookies, body=body), *CLIENT_FAULTS)
    long = {"email": "a" * 5_000 + "@x.example", "password": "b" * 10_000, "form_token": token}
    row.take("long password", site.wire.ask("POST", "/sign-in", cookies=cookies, body=long), 400)
    row.check("the server still answers", site.wire.ask("GET", "/sign-in").status == 200)
    return row


def very_slow(site: Site) -> Row:
    """Many who begin a request and never end it; meanwhile others are served."""
    row = Row(f"{SLOW_AT_ONCE} connections that never finish a request")
    with ExitStack() as open_ones:
        for number in range(SLOW_AT_ONCE):
            connection = open_ones.enter_context(socket.create_connection(("127.0.0.1", site.product.port), timeout=5))
            begun = b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n"
            with suppress(OSError):
                connection.sendall(begun + (b"\r\na" if number % 2 else b"X-A"))
        for _ in range(5):
            began = time.monotonic()
            status = site.wire.ask("GET", "/sign-in").status
            seconds = time.monotonic() - began
            row.check(f"somebody else waits {seconds:.1f} s", status == 200 and seconds < STILL_WITHIN_SECONDS)
    row.requests += SLOW_AT_ONCE
    return row
