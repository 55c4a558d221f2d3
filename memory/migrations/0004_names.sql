-- Names of places and applications are looked up with every question.
CREATE INDEX moment_place ON moment (place_name) WHERE place_name IS NOT NULL;
CREATE INDEX moment_app ON moment (app) WHERE app IS NOT NULL;
