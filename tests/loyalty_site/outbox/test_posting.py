"""One webhook over a real connection."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from loyalty_site.outbox.posting import Parcel, post
from tests.loyalty_site.outbox.receivers import Server, serving

HERE = ip_address("127.0.0.1")


@pytest.fixture(autouse=True)
def to_this_machine(settings):
    settings.WEBHOOK_LOOPBACK = True


def parcel(url: str) -> Parcel:
    return Parcel(url, b'{"n": 1}', {"Content-Type": "application/json", "Loyalty-Event": "7"})


def test_it_arrives():
    with serving(Server(204)) as server:
        outcome = post(parcel(server.url))
    ((headers, body),) = server.seen
    assert (outcome.arrived, outcome.status, body) == (True, 204, b'{"n": 1}')
    assert (headers["Host"], headers["Loyalty-Event"]) == (f"127.0.0.1:{server.server_port}", "7")


def test_a_refusal_is_told():
    with serving(Server(500, body=b"no \x00 room")) as server:
        outcome = post(parcel(server.url))
    assert (outcome.arrived, outcome.gone, outcome.status, outcome.kept_answer) == (False, False, 500, "no   room")


def test_an_answer_that_repeats_what_was_sent_is_kept_without_what_is_hidden():
    """Staff who may not see codes read the answers."""
    with serving(Server(422, body=b'wrong: {"coupon": "TEA-1\\u00e9"}, TEA-1\xc3\xa9')) as server:
        outcome = post(Parcel(server.url, b"{}", {}, hidden=["TEA-1é"]))
    assert outcome.answer == 'wrong: {"coupon": "…"}, …'


def test_a_receiver_may_want_nothing_more():
    with serving(Server(410)) as server:
        assert post(parcel(server.url)).gone


def test_a_redirect_is_not_followed():
    with serving(Server(200)) as inner, serving(Server(307, headers={"Location": inner.url})) as server:
        outcome = post(parcel(server.url))
    assert (outcome.arrived, outcome.status, len(server.seen)) == (False, 307, 1)
    assert outcome.answer == "A redirect, which is not followed. thanks"
    assert inner.seen == []


def test_of_a_long_answer_the_beginning_is_read():
    with serving(Server(200, body=b"x" * 5_000_000)) as server:
        outcome = post(parcel(server.url))
    assert (outcome.arrived, len(outcome.answer), len(outcome.kept_answer)) == (True, 4_096, 500)


def test_an_answer_that_only_drips_is_cut_off(settings):
    settings.WEBHOOK_SECONDS = 0.3
    server = Server()
    server.drip = True
    with serving(server):
        outcome = post(parcel(server.url))
    assert (outcome.arrived, outcome.status) == (False, None)
    assert outcome.answer == "There was no whole answer within 0.3 seconds."


def test_what_is_no_http_is_a_failure():
    server = Server()
    server.rubbish = b"Hello?\r\n\r\n"
    with serving(server):
        outcome = post(parcel(server.url))
    assert (outcome.arrived, outcome.status, outcome.kept_answer) == (False, None, "BadStatusLine: Hello?")


def test_nobody_listens():
    with serving(Server()) as server:
        url = server.url
    outcome = post(parcel(url))
    assert (outcome.arrived, outcome.answer.partition(":")[0]) == (False, "NewConnectionError")


def test_it_goes_where_the_name_was_found_to_lead_and_the_certificate_must_be_the_names(tmp_path):
    """The name crm.example.com, resolved once, leads here; no resolver is asked a second time."""
    theirs, trust = certificate(tmp_path, "crm.example.com")
    with serving(Server(200), theirs) as server:
        asked = []

        def resolve(host: str, port: int) -> list:
            asked.append(host)
            return [HERE]

        url = f"https://crm.example.com:{server.server_port}/hook"
        outcome = post(parcel(url), resolve=resolve, context=trust)
    assert (outcome.arrived, outcome.answer, asked) == (True, "thanks", ["crm.example.com"])
    assert server.seen[0][0]["Host"] == f"crm.example.com:{server.server_port}"


@pytest.mark.parametrize("trusted", [True, False], ids=["another name", "no authority"])
def test_a_wrong_certificate_is_refused(tmp_path, trusted):
    theirs, trust = certificate(tmp_path, "other.example.com" if trusted else "crm.example.com")
    with serving(Server(200), theirs) as server:
        url = f"https://crm.example.com:{server.server_port}/hook"
        outcome = post(parcel(url), resolve=lambda host, port: [HERE], context=trust if trusted else None)
    assert (outcome.arrived, server.seen) == (False, [])
    assert "CERTIFICATE_VERIFY_FAILED" in outcome.answer


def certificate(directory, name: str) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's side with a certificate for that name, and a client's side that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file = directory / "server.pem"
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context(cafile=str(file))
    server.load_cert_chain(file)
    return server, client
