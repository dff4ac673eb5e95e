"""Uploads a file with tuspy, as any tus client would, and prints one line: {"url", "offset", "done"}.

    python3 tus_upload.py ENDPOINT FILE --report ID --hash SHA256 [--stop-after BYTES] [--url UPLOAD_URL]

With --stop-after the upload is left after BYTES bytes; with --url one that was left is taken up again, from the
offset that the server says it holds.
"""

import argparse
import json
import os
import sys

from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError

CHUNK_BYTES = 1 << 20


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Uploads a file with tuspy.")
    parser.add_argument("endpoint")
    parser.add_argument("file")
    parser.add_argument("--report", required=True)
    parser.add_argument("--hash", required=True)
    parser.add_argument("--stop-after", type=int)
    parser.add_argument("--url")
    return parser.parse_args()


def main() -> int:
    args = arguments()
    size = os.path.getsize(args.file)
    # Without metadata tuspy sends an empty header, which some servers refuse.
    metadata = {"report": args.report, "hash": args.hash}
    try:
        uploader = TusClient(args.endpoint).uploader(
            args.file, url=args.url, metadata=metadata, chunk_size=CHUNK_BYTES, retries=0
        )
        uploader.upload(stop_at=args.stop_after)
    except TusCommunicationError as error:
        print(f"status {error.status_code}: {error}", file=sys.stderr)
        return 1
    print(json.dumps({"url": uploader.url, "offset": uploader.offset, "done": uploader.offset == size}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
