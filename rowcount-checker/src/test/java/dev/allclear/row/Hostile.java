package dev.allclear.row;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Names and values as somebody would write them who wants them to be taken for SQL. */
final class Hostile {
    private Hostile() {}

    static Stream<String> payloads() {
        return Stream.of(
                "victim; drop table victim",
                "victim; drop table victim; --",
                "public.victim; drop table public.victim; --",
                "victim\"; drop table victim; --",
                "\"victim\"; drop table victim; --\"",
                "public\".\"victim\"; drop table victim; --",
                "victim'; drop table victim; --",
                "'; drop table victim; --",
                "') or true; drop table victim; --",
                "victim/**/;/**/drop/**/table/**/victim",
                "victim -- comment",
                "victim/*",
                "$$; drop table victim; $$",
                "$1; drop table victim",
                "(select 1) x; drop table victim",
                "(select * from victim) as v",
                "victim where 1 = 1",
                "victim union select 1, 'x'",
                "victim, pg_sleep(5)",
                "note) from victim; drop table victim; --",
                "note\") from victim; drop table victim; --",
                "note is null or true",
                "\\'; drop table victim; --",
                "victim\u0000; drop table victim",
                "victim\n; drop table victim",
                "victim\u2019; drop table victim; --",
                "\uff02victim\uff02; drop table victim",
                "\ud800victim",
                "\"a\".\"b\".\"c\"",
                "\"".repeat(130),
                "v".repeat(5000) + "; drop table victim",
                "pg_catalog.pg_authid",
                "U&\"\\0076ictim\"",
                "victim::regclass; drop table victim",
                "victim;--",
                "victim\\",
                "victim\\\"; drop table victim; --",
                "victim\t; drop table victim",
                "victim\r\n; drop table victim",
                "victim\u00a0; drop table victim",
                "victim\u2028; drop table victim",
                "\u201cvictim\u201d; drop table victim",
                "\u02bc; drop table victim; --",
                "\u00ff\\'; drop table victim",
                "E'\\''; drop table victim; --",
                "$tag$; drop table victim; $tag$",
                "$1$; drop table victim",
                "$2",
                "victim limit 0",
                "only victim",
                "victim *",
                "victim tablesample system (0)",
                "victim for update",
                "victim) to program 'true'; --",
                "lateral (select pg_sleep(9)) s",
                "\"victim\" cross join \"victim\"",
                "note\" is null or pg_sleep(9) is null or \"note",
                "note\"::text; drop table victim; --",
                "count(*)",
                "ctid",
                "*",
                "set row_security = on",
                "commit; drop table victim; begin",
                "%s%n%1$s",
                "{0}${jndi:ldap://x}",
                "\u202evictim",
                "a\"\"b\"; --",
                "\"\"",
                "' or '1'='1",
                "1; select pg_terminate_backend(pid) from pg_stat_activity");
    }

    /** Every place of an expectation that takes a name or a value. */
    static List<Map<String, Object>> attempts(String payload) {
        return List.of(
                Map.of("table", payload, "rows", 1),
                Map.of("table", "public." + payload, "rows", Map.of("min", 0)),
                Map.of("table", payload, "filled", "id"),
                Map.of("table", "victim", "filled", payload),
                Map.of("table", "victim", "where", Map.of("column", payload, "equals", "x"), "rows", 1),
                Map.of("table", "victim", "where", Map.of("column", "note", "equals", payload), "rows", 1),
                Map.of("table", "victim", "where", Map.of("column", "id", "equals", payload), "rows", 1),
                Map.of("table", "victim", "rows", payload),
                Map.of("table", "victim", "rows", 1, "tolerance", payload),
                Map.of("table", "victim", "rows", 1, payload, 1),
                Map.of("table", "victim", "unique", List.of(payload)),
                Map.of("table", "victim", "unique", List.of("note", payload)),
                Map.of("table", payload, "unique", List.of("note")),
                Map.of("conserved", Map.of("from", List.of(payload), "to", List.of("victim"))),
                Map.of("conserved", Map.of("from", List.of("victim"), "to", List.of(payload))));
    }
}
