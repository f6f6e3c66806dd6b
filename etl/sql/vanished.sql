-- Observations of the previous build that are not in this one. A shipped file is edited under review;
-- what was fetched is immutable: that its file is gone refuses the build. A file that is still there and
-- no longer read, because the catalogue or our reading of it changed, loses nothing.
INSERT INTO finding
SELECT 'observations that vanished', if(gone.file LIKE '%/%' AND gone.file NOT IN (SELECT file FROM landed), 'error', 'warning'), false, gone.indicator, gone.period_start, gone.period_end,
    gone.value_text || ' ' || gone.unit_text || ' of ' || gone.publisher || ' was in the last build and is not in this one'
FROM previous.observation gone
ANTI JOIN observation o
    ON o.indicator = gone.indicator AND o.period_start = gone.period_start AND o.period_end = gone.period_end
    AND o.value_text = gone.value_text AND o.unit_text = gone.unit_text
    AND if(gone.file LIKE '%/%', o.source = gone.source, o.url = gone.url)
