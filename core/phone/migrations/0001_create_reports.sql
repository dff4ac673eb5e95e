-- Reports in the order they were made, with what is asked of their captures beside the body (CBOR).
CREATE TABLE report (
    seq  INTEGER PRIMARY KEY AUTOINCREMENT,
    id   BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
    body BLOB NOT NULL CHECK (length(body) > 0)
) STRICT;

-- Told again by every write of its report; never the only copy of anything.
CREATE TABLE capture (
    report_seq INTEGER NOT NULL REFERENCES report (seq),
    place      INTEGER NOT NULL CHECK (place >= 0),
    hash       BLOB    NOT NULL CHECK (length(hash) = 32),
    underived  INTEGER NOT NULL CHECK (underived IN (0, 1)),
    erased     INTEGER NOT NULL CHECK (erased IN (0, 1)),
    PRIMARY KEY (report_seq, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX capture_underived ON capture (report_seq, place) WHERE underived = 1;
CREATE INDEX capture_hash ON capture (hash, erased);
