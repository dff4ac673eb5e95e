-- What became of bundles that neighbours' phones brought: by their hash, with the receipt for whoever carried it. `waits`: pieces
-- of it belong behind others that are not here yet. `reply_to` is whom its receipts are sealed to, `body` (CBOR) the parts
-- it speaks of and those that are refused.
CREATE TABLE bundle (
    tenant TEXT NOT NULL REFERENCES hub (tenant),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    bytes INTEGER NOT NULL CHECK (bytes > 0),
    at INTEGER NOT NULL,
    waits INTEGER NOT NULL CHECK (waits IN (0, 1)),
    reply_to TEXT NOT NULL,
    receipt BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (tenant, hash)
) STRICT;

CREATE INDEX bundle_by_time ON bundle (tenant, at);
CREATE INDEX bundle_waiting ON bundle (tenant, hash) WHERE waits = 1;
