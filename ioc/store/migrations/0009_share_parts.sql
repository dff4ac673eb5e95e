-- The same bytes may be declared more than once: as the picture of two originals, and as a citizen's and an agency's. Then
-- they count for each phone that declared them, with the one receipt.

CREATE TABLE declared_anew (
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
    sent_by BLOB CHECK (sent_by IS NULL OR length(sent_by) = 32),
    PRIMARY KEY (id, number),
    CHECK ((width IS NULL) = (height IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO declared_anew (id, number, hash, kind, bytes, media_type, made_from, width, height, thumbhash, evidence, sent_by)
    SELECT id, number, hash, kind, bytes, media_type, made_from, width, height, thumbhash, evidence, sent_by FROM declared;
DROP TABLE declared;
ALTER TABLE declared_anew RENAME TO declared;

CREATE TABLE receipt_anew (
    id INTEGER NOT NULL REFERENCES report (id),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    key BLOB NOT NULL CHECK (length(key) = 32),
    bytes BLOB NOT NULL,
    PRIMARY KEY (id, hash, key)
) STRICT;

INSERT INTO receipt_anew (id, hash, key, bytes) SELECT id, hash, key, bytes FROM receipt;
DROP TABLE receipt;
ALTER TABLE receipt_anew RENAME TO receipt;
