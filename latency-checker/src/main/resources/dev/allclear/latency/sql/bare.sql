-- A text without layout and comments, but with what only looks like a comment within quotes. A mark takes the place of what is cut, and
-- follows each quoted piece, where the second step takes it away again.
btrim(regexp_replace(regexp_replace(regexp_replace({text},
    '("(?:[^"]|"")*"|''(?:[^'']|'''')*'')|/\*(?:[^*]|\*+[^*/])*\*+/|--[^\n\r]*', '\1' || chr(1), 'g'),
    '(["''])\u0001', '\1', 'g'),
    '[\s\u0001]+', ' ', 'g'))
