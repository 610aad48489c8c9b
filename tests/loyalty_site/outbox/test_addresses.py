"""Where webhooks may go. What is refused is refused when it is saved and when it is sent: nobody is called."""

from ipaddress import ip_address

import pytest

from loyalty_site.outbox.addresses import checked, is_public, target_of
from loyalty_site.outbox.errors import AddressRefused
from loyalty_site.outbox.posting import Parcel, post

NAMES = {
    "crm.example.com": ["93.184.216.34", "2606:4700::1111"],
    "inner.example.com": ["10.0.0.8"],
    "both.example.com": ["93.184.216.34", "192.168.1.1"],
    "10.0.0.8.nip.io": ["10.0.0.8"],
    "metadata.google.internal": ["169.254.169.254"],
    "localtest.me.example": ["127.0.0.1"],
    "six.example.com": ["::1"],
    "mapped.example.com": ["::ffff:127.0.0.1"],
    "nat.example.com": ["64:ff9b::a9fe:a9fe"],
    "tunnel.example.com": ["2002:7f00:1::"],
    "teredo.example.com": ["2001:0:4136:e378:8000:63bf:3fff:fdd2"],
    "unique.example.com": ["fd00:ec2::254"],
    "link.example.com": ["fe80::1"],
    "many.example.com": ["224.0.0.1"],
    "zero.example.com": ["0.0.0.0"],
    "carrier.example.com": ["100.64.0.1"],
}
ASCII = "An address has no spaces, backslashes or letters beyond ASCII."
HTTPS = "The address must begin with https://."
NAME = "The host must be a name such as crm.example.com, in ASCII."
FULL = "The host must be a full name such as crm.example.com, and no number."
PORT = "Webhooks are not sent to this port."
INNER = "This host is not on the public internet."
REFUSED = {
    "": ASCII,
    "https://crm.example.com/a b": ASCII,
    "https://crm.example.com\\@inner.example.com/": ASCII,
    "https://crm.example.com/\r\nHost: inner": ASCII,
    "https://crm.exämple.com/": ASCII,
    "https://⑯⑨.example.com/": ASCII,
    "https://[::1/": "This is no address.",
    "https://crm.example.com:99999/": "This is no address.",
    "http://crm.example.com/": HTTPS,
    "ftp://crm.example.com/": HTTPS,
    "file:///etc/passwd": HTTPS,
    "gopher://crm.example.com/": HTTPS,
    "//crm.example.com/": HTTPS,
    "https:/crm.example.com/": NAME,
    "https://user:secret@crm.example.com/": "An address must hold no user name or password.",
    "https://crm.example.com@inner.example.com/": "An address must hold no user name or password.",
    "https://crm.example.com/#inner": "An address must have no part after a #: it is never sent.",
    "https:///hook": NAME,
    "https://-crm.example.com/": NAME,
    "https://crm_1.example.com/": NAME,
    "https://crm..example.com/": NAME,
    "https://crm.example.com./": NAME,
    "https://[::1]/": NAME,
    "https://[::ffff:127.0.0.1]/": NAME,
    "https://%31%32%37.0.0.1/": NAME,
    f"https://{'a.' * 130}example.com/": NAME,
    "https://localhost/": FULL,
    "https://127.0.0.1/": FULL,
    "https://169.254.169.254/latest/meta-data/": FULL,
    "https://2130706433/": FULL,
    "https://0x7f000001/": FULL,
    "https://0177.0.0.1/": FULL,
    "https://127.1/": FULL,
    "https://8.8.8.8/": FULL,
    "https://crm.example.com:22/": PORT,
    "https://crm.example.com:8443/": PORT,
    "https://crm.example.com:0/": PORT,
    "https://nobody.example.com/": "There is no host of this name.",
    **{f"https://{host}/": INNER for host in NAMES if host != "crm.example.com"},
}


def resolve(host: str, port: int) -> list:
    return [ip_address(address) for address in NAMES.get(host, [])]


@pytest.mark.parametrize(("url", "sentence"), REFUSED.items(), ids=range(len(REFUSED)))
def test_it_is_refused_when_saved_and_when_sent(url, sentence, monkeypatch):
    monkeypatch.setattr("loyalty_site.outbox.posting._connection", None)  # to connect would be an error
    with pytest.raises(AddressRefused) as refusal:
        checked(target_of(url), resolve)
    assert str(refusal.value.because) == sentence
    outcome = post(Parcel(url, b"{}", {}), resolve=resolve)
    assert (outcome.answer, outcome.arrived, outcome.final) == (sentence, False, False)


def test_there_are_many():
    assert len(REFUSED) >= 40


def test_one_that_is_right_is_taken_apart():
    target = target_of("https://CRM.example.com/hook?shop=1")
    assert (target.host, target.port, target.path) == ("crm.example.com", 443, "/hook?shop=1")
    assert target.host_header == "crm.example.com"
    assert list(checked(target, resolve)) == [ip_address("93.184.216.34"), ip_address("2606:4700::1111")]


def test_another_port_where_the_setting_names_it(settings):
    settings.WEBHOOK_PORTS = frozenset({443, 8443})
    assert target_of("https://crm.example.com:8443").host_header == "crm.example.com:8443"


@pytest.mark.parametrize("url", ["http://127.0.0.1:9000/", "http://localhost:9000/"])
def test_this_machine_where_the_setting_allows_it(url, settings):
    settings.WEBHOOK_LOOPBACK = True
    assert checked(target_of(url), lambda host, port: [ip_address("127.0.0.1")]) == [ip_address("127.0.0.1")]


def test_even_then_no_other_inner_host(settings):
    settings.WEBHOOK_LOOPBACK = True
    with pytest.raises(AddressRefused):
        checked(target_of("https://inner.example.com/"), resolve)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public(address):
    assert is_public(ip_address(address))


INNER_ADDRESSES = """0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.16.0.1 192.0.0.8 192.0.2.1 192.88.99.1
192.168.0.1 198.18.0.1 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::7f00:1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1
100::1 2001::1 2001:db8::1 2001:20::1 2002:808:808:: 5f00::1 fc00::1 fe80::1 fec0::1 ff02::1"""


@pytest.mark.parametrize("address", INNER_ADDRESSES.split())
def test_not_public(address):
    assert not is_public(ip_address(address))
