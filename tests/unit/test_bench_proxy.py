"""The proxy of the benchmark follows the rules we ship."""

from bench.machines import RULES, adapted_rules


def test_the_rules_we_ship_are_kept_but_for_addresses_and_https():
    rules = adapted_rules(20_000, ["127.0.0.1:20001", "127.0.0.1:20002"])

    assert "hash $section11_browser consistent;" in rules
    assert "server 127.0.0.1:20001;\n    server 127.0.0.1:20002;" in rules
    assert "listen 127.0.0.1:20000;" in rules
    assert not {"ssl", "8501", "example.org", "https://"} & set(rules.replace(";", " ").split())
    assert "8501" not in rules
    assert "8501" in RULES.read_text(encoding="utf-8")
