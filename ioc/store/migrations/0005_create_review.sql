-- What people say of services, as it came: erasable, since a service may be called by a person's name. The listing has it
-- too, with what reviews are found by; like all of the listing that is read off the records, which the program does after
-- this step.

CREATE TABLE review (
    id INTEGER PRIMARY KEY REFERENCES report (id),
    said BLOB NOT NULL CHECK (length(said) > 0)
) STRICT;

ALTER TABLE listing ADD COLUMN review BLOB;
-- The listed service that a review is about.
ALTER TABLE listing ADD COLUMN service TEXT CHECK (service IS NULL OR review IS NOT NULL);
-- A review that nobody need act on.
ALTER TABLE listing ADD COLUMN idle INTEGER NOT NULL DEFAULT 0 CHECK (idle IN (0, 1));

CREATE INDEX listing_by_service ON listing (tenant, service, publication, received DESC, code DESC)
    WHERE service IS NOT NULL;
