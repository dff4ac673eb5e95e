-- The IOC's alerts as last heard, in CBOR: the bulletin's version and its signed bytes.
CREATE TABLE bulletin (
    seq  INTEGER PRIMARY KEY CHECK (seq = 1),
    body BLOB NOT NULL CHECK (length(body) > 0)
) STRICT;
