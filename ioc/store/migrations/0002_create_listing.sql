-- Cases as lines in a list, to be filtered and searched fast. All of it is read off the records and can be made anew from
-- them; the program does so after this step.

CREATE TABLE listing (
    id INTEGER PRIMARY KEY REFERENCES report (id),
    tenant TEXT NOT NULL,
    code TEXT NOT NULL,
    received INTEGER NOT NULL,
    stage TEXT NOT NULL,
    category TEXT,
    area TEXT,
    agency TEXT,
    due INTEGER,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    excerpt TEXT NOT NULL,
    publication INTEGER NOT NULL
) STRICT;

CREATE INDEX listing_by_time ON listing (tenant, received DESC, code DESC);
CREATE INDEX listing_by_publication ON listing (tenant, publication, received DESC, code DESC);
CREATE INDEX listing_by_stage ON listing (tenant, stage, received DESC, code DESC);
CREATE INDEX listing_by_category ON listing (tenant, category, received DESC, code DESC);
CREATE INDEX listing_by_due ON listing (tenant, due) WHERE due IS NOT NULL;

-- Whose cases are whose.
CREATE TABLE share (
    tenant TEXT NOT NULL,
    agency TEXT NOT NULL,
    received INTEGER NOT NULL,
    code TEXT NOT NULL,
    id INTEGER NOT NULL REFERENCES report (id),
    PRIMARY KEY (tenant, agency, received, code)
) STRICT, WITHOUT ROWID;

-- The words of code and text, small and without marks; the texts themselves are not kept twice.
CREATE VIRTUAL TABLE search USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'unicode61');
