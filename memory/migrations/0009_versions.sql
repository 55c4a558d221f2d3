-- Versions of a picture that lie in one folder share this mark (memory/versions.py); they are looked up by it.
CREATE INDEX moment_versions ON moment (json_extract(details, '$.versions.name')) WHERE kind IN ('photo', 'scene');
