-- What a hub owes for ever: the log of every case, and what it signed for. Everything is keyed by tenant, directly or
-- through its report. What people wrote, who they are and where they were stands in `words`, `personal` and
-- `command.bytes`, which can be erased; the log holds none of it and is only ever added to.

CREATE TABLE hub (
    tenant TEXT NOT NULL PRIMARY KEY CHECK (length(tenant) BETWEEN 1 AND 32),
    -- Another value after a restore from a backup.
    epoch BLOB NOT NULL CHECK (length(epoch) = 8)
) STRICT;

CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES hub (tenant),
    report BLOB NOT NULL CHECK (length(report) = 16),
    code TEXT NOT NULL CHECK (length(code) BETWEEN 1 AND 32),
    key BLOB NOT NULL CHECK (length(key) = 32),
    claim BLOB NOT NULL CHECK (length(claim) = 32),
    advice_agency TEXT,
    advice_rule TEXT NOT NULL,
    advice_instead_of TEXT,
    advice_duty_phone TEXT,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    UNIQUE (tenant, report),
    UNIQUE (tenant, code),
    CHECK ((advice_instead_of IS NULL) = (advice_duty_phone IS NULL))
) STRICT;

-- `position` counts the tenant's entries in the order they were committed, `number` those of one report.
CREATE TABLE log (
    tenant TEXT NOT NULL,
    position INTEGER NOT NULL CHECK (position > 0),
    id INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL CHECK (number > 0),
    heard INTEGER NOT NULL CHECK (heard IN (1, 2, 3)),
    at INTEGER NOT NULL,
    what BLOB NOT NULL,
    PRIMARY KEY (tenant, position),
    UNIQUE (id, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;

CREATE TRIGGER log_is_never_shortened BEFORE DELETE ON log BEGIN
    SELECT RAISE(ABORT, 'the log is only ever added to');
END;

-- Which entries a phone hears, in order: `place` counts all it hears, `number` those of one report.
CREATE TABLE told (
    tenant TEXT NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    place INTEGER NOT NULL CHECK (place > 0),
    id INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL CHECK (number > 0),
    entry INTEGER NOT NULL,
    PRIMARY KEY (tenant, key, place),
    UNIQUE (id, number),
    FOREIGN KEY (id, entry) REFERENCES log (id, number)
) STRICT, WITHOUT ROWID;

-- Entry 0 is the report's own text, as it stands after edits.
CREATE TABLE words (
    id INTEGER NOT NULL REFERENCES report (id),
    entry INTEGER NOT NULL CHECK (entry >= 0),
    words TEXT NOT NULL,
    PRIMARY KEY (id, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE personal (
    id INTEGER PRIMARY KEY REFERENCES report (id),
    language TEXT NOT NULL,
    lat_e7 INTEGER,
    lon_e7 INTEGER,
    accuracy_m INTEGER,
    place_source INTEGER,
    sender BLOB,
    CHECK ((lat_e7 IS NULL) = (lon_e7 IS NULL) AND (lat_e7 IS NULL) = (place_source IS NULL))
) STRICT;

CREATE TABLE declared (
    id INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL CHECK (number >= 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    kind INTEGER NOT NULL,
    bytes INTEGER NOT NULL CHECK (bytes >= 0),
    media_type INTEGER NOT NULL,
    made_from BLOB CHECK (length(made_from) = 32),
    width INTEGER,
    height INTEGER,
    thumbhash BLOB,
    evidence INTEGER NOT NULL CHECK (evidence IN (0, 1)),
    PRIMARY KEY (id, number),
    UNIQUE (id, hash),
    CHECK ((width IS NULL) = (height IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TABLE command (
    tenant TEXT NOT NULL,
    command BLOB NOT NULL CHECK (length(command) = 16),
    id INTEGER NOT NULL REFERENCES report (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    -- The signed envelope as it came; NULL once erased.
    bytes BLOB,
    PRIMARY KEY (tenant, command)
) STRICT;

CREATE TABLE receipt (
    id INTEGER NOT NULL REFERENCES report (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    key BLOB NOT NULL CHECK (length(key) = 32),
    bytes BLOB NOT NULL,
    PRIMARY KEY (id, hash)
) STRICT;

-- For each phone the digest of all it has receipts for, kept up as they are given.
CREATE TABLE held (
    tenant TEXT NOT NULL,
    key BLOB NOT NULL CHECK (length(key) = 32),
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;
