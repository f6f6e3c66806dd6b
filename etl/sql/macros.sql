-- Small rules that several statements share.
CREATE OR REPLACE MACRO quoted(word) AS '«' || word || '»';
CREATE OR REPLACE MACRO digits(x) AS regexp_replace(regexp_replace(printf('%.4f', x), '0+$', ''), '\.$', '');
-- agencies round as often as they cut off: one unit of the coarser last digit either way
CREATE OR REPLACE MACRO agrees(a, a_precision, b, b_precision) AS abs(a - b) <= greatest(a_precision, b_precision) * 1.000001;
CREATE OR REPLACE MACRO worst_status(a, b) AS if(a = 'estimated' OR b = 'estimated', 'estimated', 'derived');
CREATE OR REPLACE MACRO last_published(word) AS CASE length(word)
    WHEN 10 THEN word::DATE
    WHEN 7 THEN last_day((word || '-01')::DATE)
    WHEN 4 THEN (word || '-12-31')::DATE
END;
CREATE OR REPLACE MACRO a_year_before(day) AS if(day = last_day(day), last_day(day - INTERVAL 1 YEAR), (day - INTERVAL 1 YEAR)::DATE);
-- half the width of what a level and a growth rate, both rounded, leave open for the base
CREATE OR REPLACE MACRO value_spread(level, level_precision, growth, growth_precision) AS
    (level + level_precision / 2) / (1 + (growth - growth_precision / 2) / 100) / 2
    - (level - level_precision / 2) / (1 + (growth + growth_precision / 2) / 100) / 2;
-- dates as this project writes them; the database's own cast takes more forms than we do
CREATE OR REPLACE MACRO first_day(word) AS try_cast(rpad(word, 10, '-01') AS DATE);
CREATE OR REPLACE MACRO is_partial_date(word) AS regexp_full_match(word, '\d{4}(-\d\d(-\d\d)?)?') AND first_day(word) IS NOT NULL;
CREATE OR REPLACE MACRO is_day(word) AS length(word) = 10 AND is_partial_date(word);
