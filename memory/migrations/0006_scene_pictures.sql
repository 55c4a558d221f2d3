-- The picture of a moment whose media is something else: the key frame of a video scene.
ALTER TABLE moment ADD COLUMN picture_sha256 TEXT;
ALTER TABLE moment ADD COLUMN picture_suffix TEXT;
CREATE INDEX moment_picture ON moment (picture_sha256) WHERE picture_sha256 IS NOT NULL;
