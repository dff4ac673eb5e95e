-- The outbox. state: 0 queued, 1 uploading, 2 delivered, 3 parked; lane: 0 commands, 1 media.
CREATE TABLE entry (
    ord         INTEGER PRIMARY KEY AUTOINCREMENT,
    report      BLOB    NOT NULL CHECK (length(report) = 16),
    hash        BLOB    NOT NULL CHECK (length(hash) = 32),
    kind        INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 255),
    lane        INTEGER NOT NULL CHECK (lane IN (0, 1)),
    urgency     INTEGER NOT NULL CHECK (urgency BETWEEN 0 AND 255),
    bytes       INTEGER NOT NULL CHECK (bytes >= 0),
    declared_by BLOB             CHECK (declared_by IS NULL OR length(declared_by) = 32),
    state       INTEGER NOT NULL CHECK (state IN (0, 1, 2, 3)),
    not_before  INTEGER NOT NULL,
    received_at INTEGER          CHECK (received_at IS NULL OR state = 2),
    kept        INTEGER NOT NULL CHECK (kept IN (0, 1)),
    attempts    INTEGER NOT NULL CHECK (attempts >= 0),
    fault       INTEGER          CHECK (fault IS NULL OR fault BETWEEN 0 AND 65535),
    delivery    BLOB    NOT NULL CHECK (length(delivery) > 0),
    UNIQUE (report, hash)
) STRICT;

-- What is waiting and what may be erased are found without passing over what was delivered long ago.
CREATE INDEX entry_waiting ON entry (lane, urgency, ord) WHERE state <> 2;
CREATE INDEX entry_erasable ON entry (ord, received_at) WHERE kept = 1 AND received_at IS NOT NULL;
CREATE INDEX entry_hash ON entry (hash, kind);

CREATE TABLE command (
    seq    INTEGER PRIMARY KEY,
    report BLOB NOT NULL CHECK (length(report) = 16),
    hash   BLOB NOT NULL CHECK (length(hash) = 32),
    bytes  BLOB NOT NULL CHECK (length(bytes) > 0),
    UNIQUE (report, hash)
) STRICT;
