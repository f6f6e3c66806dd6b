SELECT source, indicator, max(period_end) FROM observation WHERE kind = 'actual' GROUP BY source, indicator
