"""ADF leads: each sample document, and the faults that samples do not have."""

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from api.services.adf import AdfError, Lead, parse

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "leads"
MINIMAL = """<?xml version="1.0" encoding="UTF-8"?>
<?adf version="1.0"?>
<adf><prospect>
<requestdate>2026-03-02T10:00:00-08:00</requestdate>
<vehicle><year>2019</year><make>Kia</make><model>Soul</model></vehicle>
<customer><contact><name part="full">Ana P.</name><email>ana@customer.example</email></contact></customer>
<vendor><vendorname>Larkfield Autos</vendorname></vendor>
</prospect></adf>"""


def sample(name: str, region: str | None = None) -> Lead:
    return parse(document(name), region)


def document(name: str) -> bytes:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the shared sample leads are not beside this project")
    return path.read_bytes()


def changed(old: str, new: str) -> bytes:
    assert old in MINIMAL
    return MINIMAL.replace(old, new).encode()


def test_minimal_sample_names_the_car_where_nobody_wrote() -> None:
    lead = sample("good-01-minimal.xml")
    assert (lead.customer.name, lead.customer.email) == ("Emma B.", "emma.b@customer.example")
    assert lead.message_text == "Interested in the 2013 Toyota Corolla."
    assert lead.subject == "2013 Toyota Corolla"
    assert lead.requested_at == datetime(2026, 11, 17, 22, 32, 8, tzinfo=UTC)


def test_full_sample_keeps_ids_phones_dates_and_words() -> None:
    lead = sample("good-02-full.xml")
    assert lead.customer.name == "Daniel J C."
    assert lead.customer.preferred == "email"
    assert [phone.e164 for phone in lead.customer.phones] == ["+15550100171", "+15550100172"]
    assert lead.vehicles[0].stock == "A1241"
    assert lead.metadata["timeframe"] == {
        "description": "Within two weeks",
        "earliestdate": "2026-11-20",
        "latestdate": "2026-12-04",
    }
    assert lead.metadata["contact"]["address"]["street"] == "14 Orchard Lane, Apt 3B"
    assert lead.customer.external_id == "AutoShopper Leads:C-55187"
    assert lead.message_text == "Is the Prius still available? I could come by on Saturday."


def test_two_vehicles_stay_on_one_lead_of_a_caller() -> None:
    lead = sample("good-03-two-vehicles.xml")
    assert [(car.interest, car.stock) for car in lead.vehicles] == [("buy", "A1075"), ("test-drive", "A1107")]
    assert (lead.customer.email, lead.customer.phone) == (None, "+15550100173")
    assert "Elantra" in lead.subject
    assert "Corolla" in lead.subject


def test_trade_in_is_the_customers_and_its_price_no_asking_price() -> None:
    lead = sample("good-04-trade-in.xml", "US")
    assert [car.make for car in lead.vehicles if car.wanted] == ["Toyota"]
    own = lead.metadata["trade_ins"][0]
    assert (own["model"], own["odometer"], own["odometer_unit"]) == ("Civic", "88412", "mi")
    assert own["details"]["comments"] == "Small scratch on the rear bumper & one key only."
    assert "Civic" not in lead.subject
    assert lead.customer.phone == "+15550100174"
    assert lead.requested_at == datetime(2026, 11, 16, 13, 15, 30, tzinfo=UTC)


def test_finance_wishes_keep_amount_and_currency() -> None:
    lead = sample("good-05-finance.xml")
    assert lead.customer.name == "Grace H. Jr."
    wishes = lead.metadata["vehicles"][0]["details"]["finance"][0]
    told = [(each["type"], each["amount_minor"], each["currency"]) for each in wishes["amounts"]]
    assert told == [("downpayment", 500_000, "usd"), ("monthly", 65_000, "usd")]
    assert lead.requested_at == datetime(2026, 11, 20, 16, 45, 9, 250_000, tzinfo=UTC)


def test_references_are_decoded_once_and_lines_kept() -> None:
    lead = sample("good-06-entities-newlines.xml")
    assert lead.customer.name == "Chloé O'B."
    assert lead.customer.phone == "+15550100175"
    assert lead.message_text.splitlines() == [
        "Hi – we're a family of 6 & need <8 seats>.",
        "",
        '1) Does it have "DVD"?',
        "2) Any rust?",
        "3) Is $11,500 the final price?",
        "",
        "Thanks 😊",
    ]


def test_html_stays_text_and_the_image_an_address() -> None:
    lead = sample("good-07-cdata-lease.xml")
    assert lead.message_text == "<p>Please <b>call</b> me.<br/>What's the lease payment?</p>"
    assert lead.metadata["vehicles"][0]["details"]["images"] == ["https://photos.example.com/n2201/1.jpg"]
    assert lead.customer.phone == "+15550100176"
    assert lead.metadata["status"] == "resend"
    assert lead.requested_at == datetime(2026, 11, 15, 23, 59, 59, tzinfo=UTC)


def test_latin_1_and_a_car_for_sale_to_the_dealership() -> None:
    lead = sample("good-08-latin1-sell.xml")
    assert lead.customer.name == "Jürgen G."
    assert lead.metadata["contact"]["address"]["street"] == "Mühlenstraße 7"
    assert lead.message_text == "Guten Tag, ist der Golf noch verfügbar?"
    assert [(car.model, car.stock) for car in lead.vehicles if car.wanted] == [("Golf", "G-118")]
    assert lead.metadata["trade_ins"][0]["odometer_unit"] == "km"
    assert lead.customer.phone == "+49555017731"


def test_truncated_sample_is_refused_with_line_and_column() -> None:
    with pytest.raises(AdfError, match=r"not well-formed XML at line 40, column \d+"):
        sample("bad-01-truncated.xml")


def test_sample_without_customer_is_refused_by_name() -> None:
    with pytest.raises(AdfError, match="`customer` is missing"):
        sample("bad-02-no-customer.xml")


@pytest.mark.parametrize("name", ["bad-03-external-entity.xml", "bad-04-entity-bomb.xml"])
def test_entities_are_refused_unopened_and_unexpanded(name: str) -> None:
    content = document(name)
    tracemalloc.start()
    with pytest.raises(AdfError, match="DOCTYPE") as refused:
        parse(content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 200_000
    assert "hostname" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__context__ is None


def test_an_own_external_entity_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("launch code")
    doctype = f'<!DOCTYPE adf [<!ENTITY leak SYSTEM "{secret.as_uri()}">]><?adf version="1.0"?>'
    body = MINIMAL.replace('<?adf version="1.0"?>', doctype).replace("Ana P.", "&leak;")
    with pytest.raises(AdfError, match="DOCTYPE") as refused:
        parse(body.encode())
    assert "secret" not in str(refused.value)
    assert "launch" not in str(refused.value)


def test_doctype_without_entities_is_refused_too() -> None:
    with pytest.raises(AdfError, match="DOCTYPE"):
        parse(changed('<?adf version="1.0"?>', '<!DOCTYPE adf SYSTEM "adf.dtd">'))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("<adf>", "<lead>", "not well-formed"),
        ("<requestdate>2026-03-02T10:00:00-08:00</requestdate>", "", "`requestdate` is missing"),
        ("2026-03-02T10:00:00-08:00", "next Monday", "requestdate: must be an ISO 8601 moment"),
        ("<make>Kia</make>", "", "adf/prospect/vehicle: the element `make` is missing"),
        ("<model>Soul</model>", "<model> </model>", "adf/prospect/vehicle/model: is empty"),
        ("<year>2019</year>", "<year>'19</year>", "vehicle/year: must be a year of four digits"),
        ('<name part="full">Ana P.</name>', "", "`name` is missing"),
        ("<email>ana@customer.example</email>", "", "needs an e-mail address or a possible phone number"),
        ("ana@customer.example", "ana at home", "needs an e-mail address or a possible phone number"),
        ("<vendor><vendorname>Larkfield Autos</vendorname></vendor>", "", "`vendor` is missing"),
        ("Ana P.", "A" * 201, "contact/name: has more than 200 characters"),
        ('encoding="UTF-8"', 'encoding="klingon"', "encoding"),
        ("Ana P.", "&nobody;", "not well-formed XML at line 6"),
    ],
)
def test_what_is_malformed_is_named(old: str, new: str, complaint: str) -> None:
    with pytest.raises(AdfError, match=complaint):
        parse(changed(old, new))


@pytest.mark.parametrize("content", [b"", b"stock_number,make", b"<html/>", b"<adf/>", b"\x00\xff\xfe"])
def test_other_documents_are_refused(content: bytes) -> None:
    with pytest.raises(AdfError):
        parse(content)


def test_two_prospects_are_refused_rather_than_one_lost() -> None:
    start, end = MINIMAL.index("<prospect>"), MINIMAL.index("</adf>")
    with pytest.raises(AdfError, match="must have one `prospect`, has 2"):
        parse((MINIMAL[:end] + MINIMAL[start:end] + "</adf>").encode())


def test_repeat_has_the_same_fingerprint_whatever_its_spacing_and_region() -> None:
    first = parse(MINIMAL.encode())
    assert parse(MINIMAL.replace("><", ">\n  <").encode(), "US").fingerprint == first.fingerprint
    assert parse(changed("2019", "2018")).fingerprint != first.fingerprint
    assert parse(changed("ana@", "eva@")).fingerprint != first.fingerprint


def test_resend_under_the_same_id_is_the_same_lead_but_not_for_somebody_else() -> None:
    numbered = MINIMAL.replace("<requestdate>", '<id source="Portal">77</id><requestdate>')
    resent = numbered.replace("<prospect>", '<prospect status="resend">').replace("10:00:00", "11:30:00")
    assert parse(numbered.encode()).fingerprint == parse(resent.encode()).fingerprint
    other = numbered.replace("ana@", "eva@")
    assert parse(numbered.encode()).fingerprint != parse(other.encode()).fingerprint


def test_request_without_offset_is_local_to_the_dealership() -> None:
    lead = parse(changed("-08:00", ""), zone=ZoneInfo("America/Los_Angeles"))
    assert lead.requested_at == datetime(2026, 3, 2, 18, tzinfo=UTC)


def test_region_of_a_bare_number_comes_from_setting_or_vendor() -> None:
    phone = "<phone>(555) 010-0123</phone>"
    body = MINIMAL.replace("<email>ana@customer.example</email>", phone)
    with pytest.raises(AdfError, match="possible phone number"):
        parse(body.encode())
    assert parse(body.encode(), "US").customer.phone == "+15550100123"
    vendor = "</vendorname><contact><phone>+1 555 010 0199</phone></contact>"
    assert parse(body.replace("</vendorname>", vendor).encode()).customer.phone == "+15550100123"


def test_a_fax_is_no_way_to_reach_somebody() -> None:
    fax = '<phone type="fax">+1 555 010 0123</phone>'
    with pytest.raises(AdfError, match="possible phone number"):
        parse(changed("<email>ana@customer.example</email>", fax))


def test_mark_up_inside_a_comment_and_windows_characters_stay_readable() -> None:
    comment = "<comments>It&#146;s <b>fine</b>&#127;&#150; thanks</comments></customer>"
    assert parse(changed("</customer>", comment)).message_text == "It’s fine – thanks"
