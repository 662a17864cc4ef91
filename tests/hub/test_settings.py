"""Settings: each wrong one is refused by name, beyond loopback needs https, and a worker gets what its parent has."""

from pathlib import Path

import pytest

from hub.access.roles import ROLE_SCOPES
from hub.setting_checks import SettingsError
from hub.settings import ROLES, Settings

KEY = "organiser.0123456789abcdef0123456789"
SECRET = "0123456789abcdef"
OWN_DATABASE = {"HUB_MONGODB_URI": "mongodb://db.example.org/?replicaSet=rs", "HUB_SECRET": SECRET}


def refused(environ: dict[str, str]) -> SettingsError:
    with pytest.raises(SettingsError) as error:
        Settings.load(environ=environ)
    return error.value


def test_nothing_set_gives_the_defaults_of_the_specification() -> None:
    settings = Settings.load(environ={})
    assert (settings.host, settings.port, settings.data, settings.processes) == ("127.0.0.1", 8888, Path("data"), 1)
    assert settings.base_url == "http://127.0.0.1:8888"
    assert settings.allowed_origins == ("http://localhost", "https://localhost", "capacitor://localhost")
    assert (settings.live.resume_window, settings.live.outbox_bytes, settings.live.drain_s) == (1000, 524_288, 4.0)
    assert (settings.expire_after_h, settings.expire_cron, settings.delete_cron) == (8, "*/5 * * * *", "*/10 * * * *")


def test_variables_are_read_and_typed() -> None:
    settings = Settings.load(
        environ={
            "HUB_PORT": "9000",
            "HUB_DATA": "/srv/hub",
            "HUB_DEMO": "true",
            "HUB_LOG": "json",
            "HUB_DRAIN_S": "2.5",
            "HUB_SOCKETS_PER_DEVICE": "1",
            "HUB_TRUSTED_PROXIES": "10.0.0.0/8, ::1",
            "HUB_ALLOWED_ORIGINS": "http://localhost,capacitor://localhost",
        }
    )
    assert (settings.port, settings.data, settings.demo, settings.log) == (9000, Path("/srv/hub"), True, "json")
    assert (settings.live.drain_s, settings.live.sockets_per_device) == (2.5, 1)
    assert settings.trusted_proxies == ("10.0.0.0/8", "::1")
    assert settings.allowed_origins == ("http://localhost", "capacitor://localhost")


def test_a_scanner_may_ask_other_hubs_and_no_app_on_the_phone_itself() -> None:
    hubs = ("https://hall.example.org:8889", "https://localhost:8889", "http://127.0.0.1:8889", "http://[::1]:80")
    others = ("http://localhost", "https://localhost", "capacitor://localhost", "http://10.0.0.7:8889", "http://[::1]")
    settings = Settings.load(environ={"HUB_ALLOWED_ORIGINS": ",".join((*hubs, *others))})
    assert settings.scanner_origins == hubs


def test_an_option_wins_over_its_variable_and_one_not_given_does_not() -> None:
    settings = Settings.load({"port": "1", "host": None, "demo": True}, {"HUB_PORT": "2", "HUB_HOST": "localhost"})
    assert (settings.port, settings.host, settings.demo) == (1, "localhost", True)


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.load(environ={"HUB_PORT": "", "HUB_MONGODB_URI": ""}) == Settings.load(environ={})


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("HUB_PORT", "http"),
        ("HUB_PORT", "0"),
        ("HUB_PORT", "65536"),
        ("HUB_PROCESSES", "0"),
        ("HUB_PROCESSES", "1.5"),
        ("HUB_LOG", "xml"),
        ("HUB_DEMO", "perhaps"),
        ("HUB_DATABASE", "a.b"),
        ("HUB_OUTBOX_FRAMES", "0"),
        ("HUB_PING_S", "-1"),
        ("HUB_PONG_TIMEOUT_S", "20"),
        ("HUB_DRAIN_S", "nan"),
        ("HUB_DRAIN_S", "inf"),
        ("HUB_EXPIRE_CRON", "every five minutes"),
        ("HUB_ALERTS_CRON", "always"),
        ("HUB_LIMIT_NEAR_PERCENT", "101"),
        ("HUB_LOW_BATTERY_PERCENT", "0"),
        ("HUB_DELETE_CRON", "61 * * * *"),
        ("HUB_TRUSTED_PROXIES", "10.0.0.1/8"),
        ("HUB_TRUSTED_PROXIES", "nginx"),
        ("HUB_ALLOWED_ORIGINS", "*"),
        ("HUB_ALLOWED_ORIGINS", "https://app.example.org/path"),
        ("HUB_ADMIN_KEY", "organiser.tooshort"),
        ("HUB_ADMIN_KEY", "0123456789abcdef0123456789abcdef0123"),
        ("HUB_ADMIN_KEY", ".0123456789abcdef0123456789abcdef"),
        ("HUB_ADMIN_KEY", "organiser.0123456789 abcdef0123456789"),
        ("HUB_SECRET", "short"),
        ("HUB_MONGODB_URI", "localhost:27017"),
        ("HUB_TLS_CERT", "no/such/file"),
    ],
)
def test_a_wrong_value_is_refused_in_one_line_by_its_name(setting: str, value: str) -> None:
    error = refused({"HUB_TLS_KEY": __file__ if setting == "HUB_TLS_CERT" else "", setting: value})
    assert error.setting == setting
    assert str(error).startswith(f"{setting}: ")
    assert "\n" not in str(error)


@pytest.mark.parametrize(
    "url",
    [
        "hub.example.org",
        "ftp://hub.example.org",
        "https://",
        "https://hub.example.org/app",
        "https://hub.example.org?a=b",
        "https://me@hub.example.org",
        "https://hub.example.org:port",
        "https://[::1",
        "https://a b.example",
        "https://h%C3%BCb.example",
        "https://☃-.example",
    ],
)
def test_a_base_url_that_is_none_is_refused(url: str) -> None:
    assert refused({"HUB_BASE_URL": url}).setting == "HUB_BASE_URL"


@pytest.mark.parametrize(
    "environ",
    [
        {"HUB_HOST": "0.0.0.0"},
        {"HUB_HOST": "::"},
        {"HUB_HOST": "192.168.1.5"},
        {"HUB_HOST": "192.168.1.5", "HUB_BASE_URL": "http://192.168.1.5:8888"},
        {"HUB_HOST": "0.0.0.0", "HUB_BASE_URL": "http://localhost:8888"},
        {"HUB_BASE_URL": "http://hub.example.org"},
        {"HUB_HOST": "0.0.0.0", "HUB_TLS_CERT": __file__, "HUB_TLS_KEY": __file__},
    ],
)
def test_beyond_loopback_an_https_base_url_is_required(environ: dict[str, str]) -> None:
    assert "https base URL is required" in str(refused(environ))


@pytest.mark.parametrize(
    ("environ", "base_url"),
    [
        ({"HUB_HOST": "::1"}, "http://[::1]:8888"),
        ({"HUB_HOST": "localhost", "HUB_PORT": "80"}, "http://localhost"),
        ({"HUB_HOST": "127.0.0.7"}, "http://127.0.0.7:8888"),
        ({"HUB_BASE_URL": "https://hub.example.org/"}, "https://hub.example.org"),
        ({"HUB_BASE_URL": "https://Büro.example:443/"}, "https://xn--bro-hoa.example"),
        ({"HUB_HOST": "0.0.0.0", "HUB_BASE_URL": "https://hub.example.org"}, "https://hub.example.org"),
        ({"HUB_HOST": "hub.lan", "HUB_TLS_CERT": __file__, "HUB_TLS_KEY": __file__}, "https://hub.lan:8888"),
    ],
)
def test_the_base_url_is_what_phones_can_use(environ: dict[str, str], base_url: str) -> None:
    assert Settings.load(environ=environ).base_url == base_url


@pytest.mark.parametrize(
    ("environ", "alone"),
    [
        ({}, True),
        ({"HUB_HOST": "::1"}, True),
        ({"HUB_BASE_URL": "https://hub.example.org"}, False),
        ({"HUB_BASE_URL": "https://192.168.1.10"}, False),
    ],
)
def test_an_address_of_this_machine_is_known_as_one_that_no_phone_reaches(environ: dict[str, str], alone: bool) -> None:
    assert Settings.load(environ=environ).is_for_this_machine is alone


@pytest.mark.parametrize(("given", "missing"), [("CERT", "KEY"), ("KEY", "CERT")])
def test_a_certificate_without_its_key_is_refused(given: str, missing: str) -> None:
    assert refused({f"HUB_TLS_{given}": __file__}).setting == f"HUB_TLS_{missing}"


def test_a_database_of_the_users_own_requires_a_secret() -> None:
    assert refused({"HUB_MONGODB_URI": OWN_DATABASE["HUB_MONGODB_URI"]}).setting == "HUB_SECRET"
    assert Settings.load(environ=OWN_DATABASE).secret == SECRET


def test_a_worker_gets_the_settings_of_its_parent_and_the_rest_of_the_environment() -> None:
    parent = Settings.load(
        {"demo": True, "data": "~/hub"},
        {
            **OWN_DATABASE,
            "HUB_ADMIN_KEY": KEY,
            "HUB_ORGANISATION": "Théâtre, Söhne & Co",
            "HUB_TRUSTED_PROXIES": "10.0.0.0/8,::1",
            "HUB_DRAIN_S": "0.1",
        },
    )
    environ = parent.worker_environ({"PATH": "/bin", "HUB_PORT": "1", "HUB_BASE_URL": "https://other.example.org"})
    assert Settings.load(environ=environ) == parent
    assert environ["PATH"] == "/bin"


def test_what_is_confidential_is_not_shown() -> None:
    shown = repr(Settings.load(environ={**OWN_DATABASE, "HUB_ADMIN_KEY": KEY, "HUB_ADMIN_PASSWORD": "correct horse"}))
    assert "port=8888" in shown
    assert not any(text in shown for text in (SECRET, KEY, "correct horse", "db.example.org"))


@pytest.mark.parametrize("contact", ["holes", "http://example.org", "https://a b", "https://", "a@example.org\nA: b"])
def test_a_contact_for_security_holes_is_an_address_or_a_page(contact: str) -> None:
    assert refused({"HUB_SECURITY_CONTACT": contact}).setting == "HUB_SECURITY_CONTACT"
    good = {"HUB_SECURITY_CONTACT": "holes@example.org"}
    assert Settings.load(environ=good).security_contact == "holes@example.org"


MAIL = {"HUB_SMTP_HOST": "mail.example.org", "HUB_SMTP_FROM": "tickets@example.org"}


@pytest.mark.parametrize(
    ("environ", "setting"),
    [
        ({"HUB_SMTP_FROM": ""}, "HUB_SMTP_FROM"),
        ({"HUB_SMTP_FROM": "tickets"}, "HUB_SMTP_FROM"),
        ({"HUB_SMTP_USER": "hub"}, "HUB_SMTP_PASSWORD"),
        ({"HUB_SMTP_PASSWORD": "secret"}, "HUB_SMTP_USER"),
        ({"HUB_SMTP_SECURITY": "none"}, "HUB_SMTP_SECURITY"),
        ({"HUB_SMTP_SECURITY": "tls"}, "HUB_SMTP_SECURITY"),
    ],
)
def test_mail_server_that_cannot_be_used_stops_the_start(environ: dict[str, str], setting: str) -> None:
    assert refused(MAIL | environ).setting == setting


def test_mail_goes_over_tls_but_on_this_machine_and_its_password_is_not_shown() -> None:
    login = {"HUB_SMTP_USER": "hub", "HUB_SMTP_PASSWORD": "a secret password"}
    settings = Settings.load(environ=MAIL | login)
    assert (settings.smtp_security, settings.smtp_port) == ("starttls", 587)
    assert "a secret password" not in repr(settings)
    assert Settings.load(environ=MAIL | {"HUB_SMTP_HOST": "localhost", "HUB_SMTP_SECURITY": "none"}).smtp_host


def test_the_hubs_language_is_one_that_there_is_a_catalogue_of() -> None:
    assert Settings.load(environ={"HUB_LANGUAGE": "fr"}).language == "fr"
    for wrong in ("xx", "FR", "..", "en-XA"):
        assert str(refused({"HUB_LANGUAGE": wrong})).startswith("HUB_LANGUAGE: must be one of en, de, es, fr")


def test_roles_that_need_a_second_factor_are_those_that_there_are() -> None:
    assert Settings.load(environ={"HUB_SECOND_FACTOR_ROLES": "owner, staff"}).second_factor_roles == ("owner", "staff")
    assert set(ROLES) == ROLE_SCOPES.keys()
    assert refused({"HUB_SECOND_FACTOR_ROLES": "owner,admins"}).setting == "HUB_SECOND_FACTOR_ROLES"
