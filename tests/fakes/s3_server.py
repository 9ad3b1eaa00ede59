"""A small S3 on 127.0.0.1: one bucket, signatures checked (AWS Signature Version 4), and its faults."""

import hashlib
import hmac
from urllib.parse import parse_qsl, quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, fromstring, tostring

from tests.fakes.http_server import Reply, Request, ThreadedServer

BUCKET, ACCESS_KEY, SECRET_KEY, REGION = "pictures", "AKIDEXAMPLE", "not/a/real+secret", "eu-central-1"
_NAMES = "http://s3.amazonaws.com/doc/2006-03-01/"
_MODIFIED = "Mon, 02 Nov 2026 09:00:00 GMT"


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signature_of(request: Request, secret: str) -> str:
    """Return the signature that a request should bear, by what its `Authorization` says that it covers.

    Source: Amazon S3 API Reference, "Authenticating Requests (AWS Signature Version 4)".
    """
    fields = dict(part.strip().split("=", 1) for part in request.headers["authorization"].partition(" ")[2].split(","))
    scope = fields["Credential"].partition("/")[2]
    names = fields["SignedHeaders"].split(";")
    url = urlsplit(request.path)
    query = "&".join(sorted(f"{quote(k, safe='')}={quote(v, safe='')}" for k, v in parse_qsl(url.query, True)))
    covered = "".join(f"{name}:{request.headers[name]}\n" for name in names)
    whole = [request.method, url.path, query, covered, ";".join(names), request.headers["x-amz-content-sha256"]]
    digest = hashlib.sha256("\n".join(whole).encode()).hexdigest()
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _mac(key, part)
    text = "\n".join(["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, digest])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


class S3Server(ThreadedServer):
    """Answers as S3 does, or by its `fault`: a status, `hang`, `cut` (half a body each time) or `cut once`."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, bytes] = {}
        self.kinds: dict[str, str] = {}
        self.asked: list[Request] = []
        self.fault: int | str | None = None

    @property
    def url(self) -> str:
        """S3_ENDPOINT_URL."""
        return f"http://127.0.0.1:{self.port}"

    async def answer(self, request: Request, reply: Reply) -> None:
        """Answer as the fault says."""
        self.asked.append(request)
        if isinstance(self.fault, int):
            await reply.send(self.fault, b"<Error><Code>Fault</Code></Error>", "application/xml")
        elif self.fault == "hang":
            await reply.wait_for_hang_up()
        elif not self._signed(request):
            await reply.send(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>", "application/xml")
        else:
            await self._serve_file(request, reply, urlsplit(request.path).path.removeprefix(f"/{BUCKET}/"))

    def _signed(self, request: Request) -> bool:
        told = request.headers.get("authorization", "")
        if f"Credential={ACCESS_KEY}/" not in told or f"/{REGION}/s3/" not in told:
            return False
        digest = request.headers["x-amz-content-sha256"]
        whole = digest in {"UNSIGNED-PAYLOAD", hashlib.sha256(request.raw).hexdigest()}
        return whole and told.endswith(f"Signature={signature_of(request, SECRET_KEY)}")

    async def _serve_file(self, request: Request, reply: Reply, key: str) -> None:
        if request.method == "PUT":
            self.files[key], self.kinds[key] = request.raw, request.headers["content-type"]
            await reply.send(200, b"", etag=f'"{hashlib.md5(request.raw).hexdigest()}"')
        elif request.method == "POST" and request.path == f"/{BUCKET}?delete":
            await reply.send(200, self._deleted(request.raw), "application/xml")
        elif key not in self.files:
            await reply.send(404, b"<Error><Code>NoSuchKey</Code></Error>", "application/xml")
        else:
            await self._send_file(reply, key)

    def _deleted(self, wanted: bytes) -> bytes:
        result = Element("DeleteResult", xmlns=_NAMES)
        for key in fromstring(wanted).iter(f"{{{_NAMES}}}Key"):
            self.files.pop(key.text or "", None)
            SubElement(SubElement(result, "Deleted"), "Key").text = key.text
        return tostring(result)

    async def _send_file(self, reply: Reply, key: str) -> None:
        content = self.files[key]
        headers = {"etag": f'"{hashlib.md5(content).hexdigest()}"', "last_modified": _MODIFIED}
        if self.fault not in {"cut", "cut once"}:
            await reply.send(200, content, "image/webp", **headers)
            return
        if self.fault == "cut once":
            self.fault = None
        await reply.send_half(content, "image/webp", **headers)


__all__ = ["ACCESS_KEY", "BUCKET", "REGION", "SECRET_KEY", "S3Server", "signature_of"]
