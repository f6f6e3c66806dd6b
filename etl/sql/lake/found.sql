-- What a definition gave, on its way to become observations.
CREATE OR REPLACE TEMP TABLE found (
    period_kind VARCHAR, period_start DATE, period_end DATE, value DECIMAL(38, 6), estimated BOOLEAN
)
