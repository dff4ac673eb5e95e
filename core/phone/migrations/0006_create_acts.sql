-- What an officer did to cases, in the order it was done (CBOR); what it says stands in its command. A place is never
-- given twice. Written short: while the whole schema fits the file's first page, a damaged one costs nothing.
CREATE TABLE act (seq INTEGER PRIMARY KEY AUTOINCREMENT, report BLOB NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL,
UNIQUE (report, hash)) STRICT;
