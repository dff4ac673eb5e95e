-- What the IOC told everybody. An alert is kept when it is over; `ended` says that it was ended before its time.

CREATE TABLE alert (
    tenant TEXT NOT NULL REFERENCES hub (tenant),
    alert BLOB NOT NULL CHECK (length(alert) = 16),
    until INTEGER NOT NULL,
    ended INTEGER,
    body BLOB NOT NULL CHECK (length(body) > 0),
    PRIMARY KEY (tenant, alert)
) STRICT, WITHOUT ROWID;

CREATE INDEX alert_by_end ON alert (tenant, until) WHERE ended IS NULL;

-- The one that phones get: the alerts that hold or will hold, signed.
CREATE TABLE bulletin (
    tenant TEXT NOT NULL PRIMARY KEY REFERENCES hub (tenant),
    version INTEGER NOT NULL CHECK (version > 0),
    signed BLOB NOT NULL CHECK (length(signed) > 0)
) STRICT, WITHOUT ROWID;
