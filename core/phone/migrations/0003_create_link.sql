-- What the hub told, the state of link and trust, and the few things this phone was told once.
CREATE TABLE told (
    seq    INTEGER PRIMARY KEY,
    report BLOB    NOT NULL CHECK (length(report) = 16),
    number INTEGER NOT NULL CHECK (number >= 0),
    body   BLOB    NOT NULL CHECK (length(body) > 0),
    UNIQUE (report, number)
) STRICT;

CREATE TABLE link (
    seq  INTEGER PRIMARY KEY CHECK (seq = 1),
    body BLOB NOT NULL CHECK (length(body) > 0)
) STRICT;

CREATE TABLE setting (
    seq   INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
    value TEXT NOT NULL
) STRICT;
