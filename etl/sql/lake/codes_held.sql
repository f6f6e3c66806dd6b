SELECT DISTINCT reporter, period_kind, period_start, hs FROM flow
