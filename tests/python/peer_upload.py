"""Sends files with tuspy and tries again after each failure, for ever. Prints {"done": true} when all are there.

    python3 peer_upload.py ADDRESS FILE...
"""

import json
import sys
import time

import requests
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError


def send(client: TusClient, file: str) -> None:
    uploader = None
    while True:
        try:
            if uploader is None:
                # Without metadata tuspy sends an empty header, which the server refuses.
                uploader = client.uploader(file, retries=200, retry_delay=1, metadata={"filename": "photo.jpg"})
            uploader.upload()
            return
        except (TusCommunicationError, requests.RequestException, OSError) as error:
            print(type(error).__name__, file=sys.stderr)
            time.sleep(1)
        try:
            if uploader is not None and uploader.url is not None:
                uploader.offset = uploader.get_offset()
        except (TusCommunicationError, requests.RequestException, OSError) as error:
            print(type(error).__name__, file=sys.stderr)


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    client = TusClient(sys.argv[1])
    for file in sys.argv[2:]:
        send(client, file)
    print(json.dumps({"done": True}), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
