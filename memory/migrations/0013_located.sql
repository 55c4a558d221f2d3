-- Where the days were spent is read whole whenever a journey is asked for: from this index alone.
CREATE INDEX moment_located ON moment (local_date, place_name, place_lat, place_lon, started_us, ended_us, zone, id)
    WHERE place_lat IS NOT NULL AND place_lon IS NOT NULL;
