-- Reports by SMS. 48 bits of a report's identity, by which its statement finds the case that an SMS made; the program
-- fills it in after this step.

ALTER TABLE report ADD COLUMN tag BLOB CHECK (tag IS NULL OR length(tag) = 6);

CREATE INDEX report_by_tag ON report (tenant, tag);

-- Text messages: those that wait for others of their report (1), those that a person must look at (2, `why` is the code),
-- and of those that made a case that they did (3, without their words; `replied` if the sender was told). `sender` is a
-- mark of the number, `sealed` the number for operators.
CREATE TABLE message (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    tenant TEXT NOT NULL REFERENCES hub (tenant),
    sender BLOB NOT NULL CHECK (length(sender) = 16),
    sealed BLOB NOT NULL,
    at INTEGER NOT NULL,
    state INTEGER NOT NULL CHECK (state IN (1, 2, 3)),
    why INTEGER,
    replied INTEGER CHECK (replied IN (0, 1)),
    words TEXT NOT NULL,
    CHECK ((why IS NOT NULL) = (state = 2) AND (replied IS NOT NULL) = (state = 3))
) STRICT;

CREATE INDEX message_by_sender ON message (tenant, sender, at);
CREATE INDEX message_by_state ON message (tenant, state, number);
