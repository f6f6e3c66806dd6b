-- The few words that columns of the lake repeat in every row, as numbers with names: an eighth of their
-- text goes through the sort, and the file is written at once instead of word by word. Read again
-- they are text. Flows by alphabet, so that they sort as their text does.
DROP TYPE IF EXISTS told_origin;
DROP TYPE IF EXISTS told_source;
CREATE TYPE told_origin AS ENUM (SELECT getvariable('origin'));
CREATE TYPE told_source AS ENUM (SELECT getvariable('source'));
CREATE TYPE IF NOT EXISTS direction AS ENUM ('DX', 'FM', 'M', 'MIP', 'MOP', 'RM', 'RX', 'X', 'XIP', 'XOP');
CREATE TYPE IF NOT EXISTS span AS ENUM ('month', 'year');
CREATE TYPE IF NOT EXISTS place AS ENUM (SELECT DISTINCT iso FROM area ORDER BY iso);
SET VARIABLE places = (SELECT list(iso::place ORDER BY number) FROM (SELECT DISTINCT iso, number FROM area))
