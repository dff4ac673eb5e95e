-- Whose phones act for an agency: a key that an agency's token vouched for, since when, and since when no more.

CREATE TABLE officer (
    tenant TEXT NOT NULL REFERENCES hub (tenant),
    key BLOB NOT NULL CHECK (length(key) = 32),
    agency TEXT NOT NULL CHECK (length(agency) > 0),
    since INTEGER NOT NULL,
    ended INTEGER CHECK (ended IS NULL OR ended >= since),
    PRIMARY KEY (tenant, key)
) STRICT, WITHOUT ROWID;

-- The officer's phone that a part of evidence is to come from; NULL for what the report's own phone or the desk sends.
ALTER TABLE declared ADD COLUMN sent_by BLOB CHECK (sent_by IS NULL OR length(sent_by) = 32);

-- Officers' answers that came before their pictures; `dropped` is the code of why one will never happen. The text is what
-- a person wrote, and can be erased.
CREATE TABLE pending (
    id INTEGER NOT NULL REFERENCES report (id),
    number INTEGER NOT NULL CHECK (number >= 0),
    command BLOB NOT NULL CHECK (length(command) = 32),
    key BLOB NOT NULL CHECK (length(key) = 32),
    agency TEXT NOT NULL CHECK (length(agency) > 0),
    assignment INTEGER NOT NULL CHECK (assignment > 0),
    text TEXT NOT NULL,
    evidence BLOB NOT NULL,
    since INTEGER NOT NULL,
    dropped INTEGER,
    PRIMARY KEY (id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX pending_by_key ON pending (key);
