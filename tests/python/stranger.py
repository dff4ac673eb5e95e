"""A stranger's program: with docs/wire.md and pycose it verifies a receipt, comes to trust a card, and hands in a report.

    python3 stranger.py PAGE IOC

It prints one line: {"example", "name", "receipt", "case"}.
"""

import hashlib
import json
import os
import re
import sys
import time
import urllib.request

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pycose.algorithms import Es256
from pycose.headers import KID, Algorithm, Critical
from pycose.keys import EC2Key
from pycose.keys.curves import P256
from pycose.messages import Sign1Message

# pycose reads and writes nothing without it.
TAG = b"\xd2"


class Page:
    """docs/wire.md, read: all the numbers that this program knows."""

    def __init__(self, path: str) -> None:
        with open(path, encoding="utf-8") as file:
            self.text = file.read()
        self.tables: dict[str, dict[str, tuple[int, str]]] = {}
        self.enums: dict[str, int] = {}
        heading = ""
        for line in self.text.splitlines():
            if line.startswith("#"):
                heading = line.lstrip("# ").strip("`")
            if not line.startswith("| "):
                continue
            cells = [cell.strip().strip("`") for cell in line.strip("|").split("|")]
            if heading == "Numbers" and len(cells) == 2:
                pairs = (pair.rsplit(" ", 1) for pair in cells[1].split(", "))
                self.enums |= {f"{cells[0]}.{pair[0]}": int(pair[1]) for pair in pairs if pair[-1].isdigit()}
            elif cells[0].isdigit() and len(cells) > 2:
                self.tables.setdefault(heading, {})[cells[1]] = (int(cells[0]), cells[2])

    def key(self, name: str, field: str) -> int:
        return self.tables[name][field][0]

    def purpose(self, name: str) -> bytes:
        return re.search(rf"^\| `(paht/[a-z]+/1)` \| `{name}`", self.text, re.M)[1].encode()

    def order(self) -> int:
        return int(re.search(r"\bf{8}0{8}[0-9a-f]{48}\b", self.text)[0], 16)

    def example(self) -> bytes:
        return bytes.fromhex(self.text.split("```hex\n")[1].split("```")[0])

    def format(self, name: str, **fields: object) -> dict[int, object]:
        """Fields under their keys; those that must be there are."""
        missing = {field for field, (_, kind) in self.tables[name].items() if not kind.endswith("?")} - fields.keys()
        assert not missing, f"{name} lacks {missing}"
        return {self.key(name, field): value for field, value in fields.items()}

    def choice(self, name: str, kind: str, *values: object) -> list[object]:
        return [self.key(name, kind), list(values)]


def verify(page: Page, envelope: bytes, name: str) -> tuple[bytes, dict[int, object]]:
    """Signer and payload of an envelope that fits."""
    message = Sign1Message.decode(TAG + envelope)
    assert message.phdr[Algorithm] == Es256
    # pycose lets pass what it does not know.
    assert Critical not in message.phdr
    kid = message.phdr[KID]
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), kid).public_numbers()
    message.key = EC2Key(crv=P256, x=point.x.to_bytes(32, "big"), y=point.y.to_bytes(32, "big"))
    message.external_aad = page.purpose(name)
    assert message.verify_signature(), name
    return kid, cbor2.loads(message.payload)


def sign(page: Page, key: ec.EllipticCurvePrivateKey, name: str, value: object) -> list[bytes]:
    """An envelope in its plain form, and in the others that fit."""
    numbers = key.private_numbers()
    point = numbers.public_numbers
    kid = key.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    message = Sign1Message(
        phdr={Algorithm: Es256, KID: kid},
        payload=cbor2.dumps(value, canonical=True),
        external_aad=page.purpose(name),
    )
    x, y, d = (number.to_bytes(32, "big") for number in (point.x, point.y, numbers.private_value))
    message.key = EC2Key(crv=P256, x=x, y=y, d=d)
    protected, _, payload, signature = cbor2.loads(message.encode()).value
    s = int.from_bytes(signature[32:], "big")
    low, high = sorted((s, page.order() - s))
    plain, flipped = (
        cbor2.dumps([protected, {}, payload, signature[:32] + one.to_bytes(32, "big")], canonical=True)
        for one in (low, high)
    )
    return [plain, TAG + plain, flipped, TAG + flipped]


def ask(address: str, body: bytes | None = None) -> bytes:
    request = urllib.request.Request(address, data=body, headers={"Content-Type": "application/cbor"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request) as answer:
        return answer.read()


def uuid(now_ms: int) -> bytes:
    """A version 7."""
    rest = bytearray(os.urandom(10))
    rest[0], rest[2] = 0x70 | rest[0] & 0x0F, 0x80 | rest[2] & 0x3F
    return now_ms.to_bytes(6, "big") + bytes(rest)


def command(page: Page, tenant: str, report: bytes, now_ms: int) -> dict[int, object]:
    place = page.format(
        "Place",
        point=page.format("Point", lat_e7=164_637_000, lon_e7=1_075_909_000),
        source=page.enums["PlaceSource.pin"],
    )
    statement = page.format(
        "Statement",
        category="traffic",
        text="Ổ gà lớn giữa đường",
        place=place,
        captures=[],
        clock=page.format("ClockReading", wall=now_ms, offset_min=420, ticks_ms=1, boot=1),
        claim=hashlib.sha256(os.urandom(16)).digest(),
        language="vi",
    )
    body = page.choice("Body", "report", statement)
    return page.format("Command", tenant=tenant, id=uuid(now_ms), report=report, revision=1, body=body)


def main() -> int:
    page, ioc = Page(sys.argv[1]), sys.argv[2]
    _, example = verify(page, page.example(), "Receipt")

    kid, card = verify(page, ask(f"{ioc}/v1/card"), "TenantCard")
    trusted = [key[page.key("HubKey", "public_key")] for key in card[page.key("TenantCard", "keys")]]
    assert kid in trusted, "the card is signed by none of its keys"
    tenant = card[page.key("TenantCard", "tenant")]

    key = ec.generate_private_key(ec.SECP256R1())
    now_ms = time.time_ns() // 1_000_000
    report = uuid(now_ms)
    ways = sign(page, key, "Command", command(page, tenant, report, now_ms))
    name = hashlib.sha256(ways[0]).digest()
    request = page.format(
        "SyncRequest", tenant=tenant, commands=ways[::-1], offers=[], held=bytes(16), card_version=0, itemise=[]
    )
    reply = cbor2.loads(ask(f"{ioc}/v1/sync", sign(page, key, "SyncRequest", request)[3]))

    outcomes = reply[page.key("SyncReply", "outcomes")]
    assert all(kind == page.key("Outcome", "stored") for kind, _ in outcomes), outcomes
    receipts = {listed[0] for _, listed in outcomes}
    assert len(receipts) == 1, "two receipts for one command"
    receipt = receipts.pop()
    kid, told = verify(page, receipt, "Receipt")
    assert kid in trusted, "the receipt is a stranger's"
    said = {field: told.get(key) for field, (key, _) in page.tables["Receipt"].items()}
    assert (said["hash"], said["report"], said["tenant"]) == (name, report, tenant)
    assert said["stage"] == page.enums["PartKind.statement"]
    line = {
        "example": example[page.key("Receipt", "hash")].hex(),
        "name": name.hex(),
        "receipt": receipt.hex(),
        "case": said["case"],
    }
    print(json.dumps(line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
