"""Attacks on what is somebody's: without a session, with somebody else's, with old or forged cookies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from section11.services.accounts import token_hash
from tests.hostile.site import APPROVER, COOKIE, DRAFT, OWNER, POLICE, RELEASED, Site
from tests.hostile.tally import CANARY, Row
from tests.services.builders import user_by_email
from tests.web.test_every_route import OUR_ROUTES, STREAMLIT_ROUTES

FOR_EVERYBODY = ("/downloads/sets/", "/downloads/own-data.zip", "/assets/", "/static/")
"""What everybody may have. One's own data are those of whoever asks, whatever the address says."""
OF_THINGS = ("/downloads/", "/evidence/", "/board-packs/")
REFUSALS = (303, 400, 401, 403, 404, 405)


def addresses(site: Site) -> Iterator[tuple[str, str]]:
    """Yield every method and path of the product, with the ids of what is Riverdale's in their places."""
    for path, statuses in (OUR_ROUTES | STREAMLIT_ROUTES).items():
        for method in statuses:
            if method == "WEBSOCKET":
                continue
            for thing in (DRAFT, RELEASED) if "{thing}" in path else ("",):
                yield method, _filled(path, thing, site)


def _filled(path: str, thing: str, site: Site) -> str:
    if "/cycles/{thing}" in path:
        thing = "2024"
    elif "letter-templates" in path:
        thing = "riverdale"
    names = {
        "thing": thing, "cycle": "2024", "cycle_id": "2024", "number:int": "1", "item": site.evidence,
        "revision:int": "1", "table": "chase-list", "file_format": "csv", "set_id": "section11-2026",
        "organisation_type": "police-force",
    }  # fmt: skip
    return re.sub(r"\{([^}]*)\}", lambda found: names.get(found[1], "made-up"), path)


def without_a_session(site: Site) -> Row:
    """Every route of ours and of Streamlit, by every method, asked by a stranger; also by ways round the path."""
    row = Row("Every route without a session")
    # This run comes from the machine itself, which may ask for its health.
    open_to_all = {"/health"} | {path for path, by in (OUR_ROUTES | STREAMLIT_ROUTES).items() if by.get("GET") == 200}
    for method, path in addresses(site):
        answer = site.wire.ask(method, path)
        if path in open_to_all or path.startswith("/_stcore/health"):
            row.take(f"{method} {path}", answer, 200, 204, *REFUSALS)
        else:
            row.take(f"{method} {path}", answer, *REFUSALS)
        if answer.status == 303:
            row.check(f"{method} {path} leads to {answer.headers['location']}", _is_sign_in(answer.headers["location"]))
    for path in (f"/downloads/returns/{RELEASED}.xlsx", f"/evidence/{site.evidence}/1", "/media/x", "/_stcore/stream"):
        for way in round_about(path):
            row.take(f"GET {way}", site.wire.ask("GET", way), *REFUSALS, 307)
    return row


def _is_sign_in(location: str) -> bool:
    return location.startswith("/sign-in") and "//" not in location.partition("?")[0]


def round_about(path: str) -> list[str]:
    """Return other ways to write a path that a careless server would read as the same."""
    head, _, tail = path.rpartition("/")
    return [
        f"/{path}", f"/.{path}", f"/static/..{path}", f"/assets/../{path}", f"/assets/..%2f{path[1:]}",
        f"/static/%2e%2e{path}", f"/api/..{path}", f"/invitation/..{path}", f"{head}/./{tail}", f"{head}//{tail}",
        f"{head}/%2e/{tail}", f"{path}%00", f"{path}%20", f"{path};a=b", f"{path}/", f"{path}?next=/sign-in",
        f"/sign-in/..{path}", path.upper(), path.replace("/", "%2f"), path.replace("/", "\\"), f"/%252e%252e{path}",
        "/assets/../../section11/config.py", "/static/../../../../etc/passwd", "/assets/%2e%2e%2f%2e%2e%2fREADME.md",
        "/component/../../etc/passwd", "/media/../../../../etc/passwd", "/assets/save_first.js/../../../config.py",
    ]  # fmt: skip


def with_foreign_ids(site: Site) -> Row:
    """What is the police's or Riverdale's, asked by people of other organisations and of another partnership."""
    row = Row("Another's ids with a session of one's own")
    for who, user in site.strangers.items():
        cookies = {COOKIE: site.session(user)}
        for method, path in addresses(site):
            if method != "GET" or not path.startswith(OF_THINGS) or path.startswith(FOR_EVERYBODY):
                continue
            for more in ("", f"?user={OWNER}&organisation={POLICE}&role=administrator"):
                row.take(f"{who}: {path}{more}", site.wire.ask("GET", path + more, cookies=cookies), 403, 404)
        for number in range(1, 4):
            path = f"/evidence/{POLICE}.e{number}/1"
            row.take(f"{who}: {path}", site.wire.ask("GET", path, cookies=cookies), 403, 404)
        for odd in ("..", "%2e%2e", "*", "%25", "'%20OR%201=1--", "a" * 3000, "%00", "2024.%0d%0aX:1", "%ff%fe"):
            for path in (f"/downloads/returns/{odd}.xlsx", f"/evidence/{odd}/1", f"/downloads/cycles/{odd}.xlsx"):
                row.take(f"{who}: {path}", site.wire.ask("GET", path, cookies=cookies), 200, 400, 403, 404)
    return row


def old_cookies(site: Site) -> Row:
    """Sessions that were ended, in every way there is, are shown again; so are some that have run out."""
    row = Row("Replayed cookies: signed out, ended, run out, account closed")
    owner, office = site.owner(), site.office
    # Of somebody else: signing out everywhere must not be what ends these.
    colleague = user_by_email(office, APPROVER)
    ended = {"idle": site.session(colleague, hours=3), "too old": site.session(colleague, hours=13)}
    signed_out = site.session(owner)
    origin = {"Origin": site.product.url}
    row.take("sign out", site.wire.ask("POST", "/sign-out", cookies={COOKIE: signed_out}, headers=origin), 303)
    ended["signed out"] = signed_out
    everywhere = [site.session(owner) for _ in range(3)]
    token, cookies = site.form("/account", **{COOKIE: everywhere[0]})
    answer = site.wire.ask("POST", "/account/sign-out-everywhere", cookies=cookies, body={"form_token": token})
    row.take("sign out everywhere", answer, 303)
    ended |= {f"signed out everywhere {number}": one for number, one in enumerate(everywhere)}
    for why, old in ended.items():
        for path in ("/", f"/downloads/returns/{DRAFT}.xlsx", f"/evidence/{site.evidence}/1", "/media/x", "/account"):
            row.take(f"{why}: {path}", site.wire.ask("GET", path, cookies={COOKIE: old}), 303, 403)
    closed = site.strangers["somebody without a role"]
    still = site.session(closed)
    with office.store.writing() as work:
        work.access.set_closed(closed.id, is_closed=True)
        work.commit()
    row.take("closed account", site.wire.ask("GET", "/account", cookies={COOKIE: still}), 303)
    with office.store.writing() as work:
        work.access.set_closed(closed.id, is_closed=False)
        work.commit()
    return row


def forged_cookies(site: Site, *, is_whole: bool) -> Row:
    """A real cookie with each of its letters changed, cut, lengthened, doubled; and ones that were made up."""
    row = Row("Forged and altered cookies")
    real = site.session(site.owner())
    path = f"/downloads/returns/{DRAFT}.xlsx"
    row.check("the real cookie opens it", site.wire.ask("GET", path, cookies={COOKIE: real}).status == 200)
    row.requests, row.refused = 0, 0
    forged = [real[:place] + other + real[place + 1 :] for place in range(len(real)) for other in _others(real[place])]
    forged = forged if is_whole else forged[::3]
    forged += [real[:length] for length in range(0, len(real), 1 if is_whole else 7)]
    forged += [
        f"{real}x",
        f"x{real}",
        real.swapcase(),
        real[::-1],
        f"{real}%00",
        f'"{real}x"',
        "' OR '1'='1",
        "*",
        "null",
    ]
    forged.append(token_hash(real))
    for one in forged:
        row.take(f"cookie {one[:12]}…", site.wire.ask("GET", path, cookies={COOKIE: one}), 303)
    for name in ("Section11", "section11-begun", "__Host-section11", "__Secure-section11", "session", "user"):
        row.take(f"named {name}", site.wire.ask("GET", path, cookies={name: real}), 303)
    for place in ("X-Session", "Authorization", "X-Remote-User", "Remote-User", "X-Forwarded-User"):
        row.take(f"in {place}", site.wire.ask("GET", path, headers={place: OWNER if "User" in place else real}), 303)
    row.take("in the address", site.wire.ask("GET", f"{path}?{COOKIE}={real}"), 303)
    chosen = "A" * 43
    answer = site.sign_in(OWNER, "riverdale demo 2026", **{COOKIE: chosen})
    row.check("a session that the visitor chose is not taken over", answer.cookies.get(COOKIE, chosen) != chosen)
    row.take("the chosen session", site.wire.ask("GET", path, cookies={COOKIE: chosen}), 303)
    return row


def _others(letter: str) -> tuple[str, ...]:
    return tuple(chr(ord(letter) ^ bit) for bit in (1, 2, 32) if chr(ord(letter) ^ bit).isalnum()) or ("A",)


def forms_of_others(site: Site) -> Row:
    """Every form of ours without its token, with another browser's, altered, and from another site."""
    row = Row("Forms without our token, with another's, from another site")
    owner, foreign = site.owner(), site.strangers["contributor of another partnership"]
    session = {COOKIE: site.session(owner)}
    foreign_token, _ = site.form("/account", **{COOKIE: site.session(foreign)})
    _, own = site.form("/account", **session)
    posts = [
        path for path, by in OUR_ROUTES.items() if "POST" in by and not path.startswith("/api") and "{" not in path
    ]
    evil = {"Origin": "https://evil.example", "Referer": "https://evil.example/"}
    before = site.events()
    for path in posts:
        for what, token in (("none", ""), ("another's", foreign_token), ("altered", foreign_token[:-2] + "AA")):
            body = {"form_token": token, "email": OWNER, "password": "x", "current": "x", "new": "y", "session": "1"}
            for headers in ({}, evil):
                answer = site.wire.ask("POST", path, cookies=own, body=body, headers=headers)
                row.take(f"{path}, token: {what}", answer, 400, 403, *((303,) if path.endswith("set-up") else ()))
    row.check("a form that was refused writes nothing", site.events() == before)
    row.check("the session is still there", site.wire.ask("GET", "/account", cookies=session).status == 200)
    row.check("and nothing is secret there", CANARY not in site.wire.ask("GET", "/account", cookies=session).text)
    return row
