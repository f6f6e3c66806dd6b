-- The words that one may stand for which is none of them: a slip or two of the keyboard away. Of a longer one its beginning may be meant.
SELECT word
FROM (SELECT unnest($words::VARCHAR[]) AS word)
WHERE abs(len(word) - len($asked)) <= $slips AND damerau_levenshtein(word, $asked) <= $slips
    OR len($asked) > 5 AND len(word) > len($asked) AND damerau_levenshtein(left(word, len($asked)), $asked) <= $slips
ORDER BY damerau_levenshtein(word, $asked), word
LIMIT 12
