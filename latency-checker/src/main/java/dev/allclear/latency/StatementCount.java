package dev.allclear.latency;

/**
 * One entry of {@code pg_stat_statements}.
 *
 * @param id role and queryid: the same entry within a window, but not across DDL
 * @param fingerprint of the text without layout and comments: the same statement, whatever its queryid has become
 * @param since from when the entry counts, empty where the server does not say (before 17)
 */
record StatementCount(String id, String fingerprint, TrafficWindow total, String since) {}
