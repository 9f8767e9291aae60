"""The page of the data API: a token is made, shown once, listed and revoked; and the downloads of open data."""

from section11.services.api_tokens import list_api_tokens, reader_with
from tests.app.browsing import downloads_on, go_to, words_on
from tests.services.builders import CYCLE


def make_through(at, name):
    at.text_input[0].input(name)
    next(one for one in at.button if one.label == "Make a token").click()
    return at.run()


def test_a_token_without_a_purpose_is_refused_in_words(town, open_app):
    at = make_through(go_to(open_app(town.office, town.admin), "data_api.py"), " ")

    assert "Say what the token is for" in words_on(at)
    assert not at.exception
    assert list_api_tokens(town.office, town.admin) == []


def test_a_token_is_shown_once_and_opens_until_it_is_revoked(town, open_app):
    at = make_through(go_to(open_app(town.office, town.admin), "data_api.py"), "Power BI *of* <us>")
    secret = next(one.value for one in at.code if one.value.startswith("s11_"))
    assert reader_with(town.office, secret) is not None
    assert "Power BI *of* <us>" in words_on(at)

    go_to(go_to(at, "home.py"), "data_api.py")
    assert secret not in words_on(at)
    [line] = list_api_tokens(town.office, town.admin)

    at.button(key=f"page.revoke.{line.token.id}").click().run()
    assert "is revoked. Programs that use it are refused" in words_on(at)
    assert reader_with(town.office, secret) is None
    assert f"page.revoke.{line.token.id}" not in [one.key for one in at.button]


def test_open_data_is_offered_where_the_workbook_is(town, open_app):
    lead = downloads_on(go_to(open_app(town.office, town.scrutiny), "returns.py"))
    admin = downloads_on(go_to(open_app(town.office, town.admin), "returns.py"))

    assert [lead[name] for name in ("CSV with datapackage.json", "OpenDocument (ODS)", "JSON")] == [
        f"/downloads/cycles/{CYCLE}/data/{one}" for one in ("csv", "ods", "json")
    ]
    assert not any("/data/" in address for address in admin.values())
