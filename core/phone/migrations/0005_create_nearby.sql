-- What the hub last said of public cases in some squares, in JSON; never the only copy of anything. The latest have the
-- highest seq.
CREATE TABLE nearby (
    seq  INTEGER PRIMARY KEY,
    cell INTEGER NOT NULL UNIQUE,
    body TEXT    NOT NULL CHECK (length(body) > 0)
) STRICT;
