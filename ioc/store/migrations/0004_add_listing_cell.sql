-- Where a case is, and in which square of the grid (`paht_model::grid`): what is near a point is found by square. Like
-- all of the listing it is read off the records; the program does so after this step.

ALTER TABLE listing ADD COLUMN lat_e7 INTEGER;
ALTER TABLE listing ADD COLUMN lon_e7 INTEGER CHECK ((lon_e7 IS NULL) = (lat_e7 IS NULL));
ALTER TABLE listing ADD COLUMN cell INTEGER CHECK ((cell IS NULL) = (lat_e7 IS NULL));

CREATE INDEX listing_by_cell ON listing (tenant, publication, cell, received DESC, code DESC)
    WHERE cell IS NOT NULL;
