"""守门：别的地址、别的网站、没有口令的，一概不照办；头要严。"""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from tests.serving.running import started

FOREIGN = (
    "evil.example",
    "evil.example:{port}",
    "127.0.0.1",
    "127.0.0.1:1",
    "a@127.0.0.1:{port}",
    "10.0.0.8:{port}",
    "",
)
CHANGES = (
    ("POST", "/batch"),
    ("PUT", "/batch/files/materials?name=a.txt"),
    ("POST", "/batch/start"),
    ("DELETE", "/batch"),
)


def port(desk):
    return desk.host.rpartition(":")[2]


@pytest.mark.parametrize("host", FOREIGN)
def test_a_foreign_host_is_refused(desk, host):
    status, text = desk.ask("GET", "/batch", Host=host.format(port=port(desk)) or "x")
    assert status == 421
    assert "请用启动时打印出来的地址打开" in json.loads(text)["message"]


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "127.0.0.1", "[::1]"])
def test_every_name_of_this_machine_is_accepted(desk, host):
    assert desk.ask("GET", "/batch", Host=f"{host}:{port(desk)}")[0] == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://{host}", ""])
@pytest.mark.parametrize(("method", "path"), CHANGES)
def test_a_change_asked_by_another_site_is_refused(fresh, method, path, origin):
    status, text = fresh.ask(method, path, b"x", Origin=origin.format(host=fresh.host))
    assert (status, "不是从本页面发出的" in text) == (403, True)
    assert fresh.state()["state"] == "filling"
    assert fresh.state()["files"] == 0


@pytest.mark.parametrize("cookie", ["", "jiaoyan-{port}=x", "jiaoyan-{port}=", 'jiaoyan-{port}="', ";;=\x01"])
@pytest.mark.parametrize("path", ["/batch", "/batch/report", "/batch/results/html"])
def test_without_the_key_nothing_is_shown(desk, path, cookie):
    status, text = desk.ask("GET", path, Cookie=cookie.format(port=port(desk)))
    assert status == 403
    assert "口令" in text


def test_a_wrong_key_opens_nothing_and_says_so_on_a_page(desk):
    status, text, headers = desk.answer("GET", f"/?key={quote('猜')}", Cookie="", Accept="text/html")
    assert status == 403
    assert "<h1>打不开</h1>" in text
    assert "Set-Cookie" not in headers


def test_the_key_leaves_the_address_and_the_cookie_stays_with_the_page(desk):
    path = desk.address.partition(desk.host)[2]
    status, _, headers = desk.answer("GET", path, Cookie="")
    assert (status, headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=strict"} <= set(headers["Set-Cookie"].split("; "))


@pytest.mark.parametrize("path", ["/", "/batch", "/assets/page.js", "/nowhere", "/assets/../serving.toml"])
def test_every_answer_carries_strict_headers(desk, path):
    _, _, headers = desk.answer("GET", path)
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert "Server" not in headers


def test_the_page_fetches_nothing_from_elsewhere(desk):
    page = desk.ask("GET", "/")[1] + desk.ask("GET", "/assets/page.css")[1] + desk.ask("GET", "/assets/page.js")[1]
    assert "http:" not in page
    assert "https:" not in page
    assert "url(" not in page
    assert " style=" not in page
    assert "onclick" not in page


def test_unknown_pages_are_answered_in_chinese(desk):
    for path in ("/nowhere", "/assets/serving.toml", "/batch/results/exe", "/docs"):
        status, text = desk.ask("GET", path)
        assert status in (404, 410)
        assert json.loads(text)["message"].endswith("。")


def test_listening_beyond_this_machine_warns_and_still_refuses_names(tmp_path):
    with started(tmp_path, "--host", "0.0.0.0") as open_desk:
        assert "同一网络里的其他电脑也能连上" in open_desk.said
        open_desk.enter()
        assert open_desk.ask("GET", "/batch", Host=f"10.0.0.8:{port(open_desk)}")[0] == 200
        assert open_desk.ask("GET", "/batch", Host=f"evil.example:{port(open_desk)}")[0] == 421


def test_an_address_that_is_not_ours_is_refused_in_chinese(tmp_path, capsys):
    from jiaoyan_nlp.cli import main

    assert main(["serve", "--host", "203.0.113.9"]) == 2
    assert "不是这台电脑的" in capsys.readouterr().err
