package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogClassifierTest {
    private final LogClassifier classifier = new LogClassifier();

    @TestFactory
    Stream<DynamicContainer> knowsEveryStack() {
        Map<String, List<RuleLine>> groups = RuleLine.all().stream()
                .collect(Collectors.groupingBy(RuleLine::group, LinkedHashMap::new, Collectors.toList()));
        assertThat(groups).hasSizeGreaterThan(15);
        return groups.entrySet().stream().map(group -> stack(group.getKey(), group.getValue()));
    }

    private DynamicContainer stack(String name, List<RuleLine> lines) {
        long errors = lines.stream().filter(RuleLine::isError).count();
        assertThat(errors).as(name).isNotIn(1L, 2L);
        assertThat(lines.size() - errors).as(name).isGreaterThanOrEqualTo(2);
        return DynamicContainer.dynamicContainer(
                name, lines.stream().map(line -> DynamicTest.dynamicTest(line.text(), () -> check(line))));
    }

    private void check(RuleLine line) {
        Optional<DatabaseError> error = classifier.classify(line.text());

        assertThat(error.isPresent()).isEqualTo(line.isError());
        assertThat(error.map(found -> found.kind().code()).orElse("")).isEqualTo(line.code());
        assertThat(error.map(DatabaseError::object).orElse("")).isEqualTo(line.object());
    }

    @Test
    void believesTheStateMoreThanTheSentence() {
        Optional<DatabaseError> error = classifier.classify(
                "org.postgresql.util.PSQLException: ERREUR: la relation « carts » n'existe pas (SQLSTATE 42P01)");

        assertThat(error).map(DatabaseError::kind).contains(ErrorKind.UNDEFINED_TABLE);
        assertThat(error.flatMap(DatabaseError::sqlState)).contains("42P01");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint \"customers_email_key\"\nDETAIL:  Key (email)=(ann@example.org) already exists.",
                "ERROR:  null value in column \"email\" violates not-null constraint\nDETAIL:  Failing row contains (7, ann@example.org, S3cr3t99).",
                "QueryFailedError: relation \"carts\" does not exist password=S3cr3t99 eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.x ann@example.org",
                "SQLSTATE[42703]: Undefined column: 7 ERROR:  column \"total\" does not exist (SQL: select total from c where email = 'ann@example.org')",
                "psycopg2.errors.InvalidTextRepresentation: invalid input syntax for type uuid: \"S3cr3t99\"",
                "failed to connect to `host=db user=shop`: postgres://shop:S3cr3t99@db:5432/shop connection refused",
            })
    void repeatsNoValues(String record) {
        DatabaseError error = classifier.classify(record).orElseThrow();

        assertThat(error.message() + error.object()).doesNotContain("ann@", "S3cr3t99", "eyJ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01 10:00:00 ERROR could not import row 12, skipping\norg.postgresql.util.PSQLException: ERROR: column \"total\" does not exist",
                "2026-03-01 10:00:00 ERROR order 12 failed, skipping: ERROR: column \"total\" of relation \"orders\" does not exist",
                "2026-03-01 10:00:00 ERROR [worker] job 7: column \"total\" does not exist (SQLSTATE 42703), skipping",
                "2026-03-01 10:00:00 WARN [worker] ERROR: column \"total\" does not exist, skipping order 7",
                "{\"level\":\"ERROR\",\"message\":\"job failed, skipping\",\"stack_trace\":\"org.postgresql.util.PSQLException: ERROR: column \\\"total\\\" does not exist\"}",
            })
    void findsTheErrorOfAnApplicationThatSkipsWhatFailed(String record) {
        assertThat(classifier.classify(record)).map(DatabaseError::kind).contains(ErrorKind.UNDEFINED_COLUMN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "level=info msg=request status=500 error=\"pq: column \\\"total\\\" does not exist\"",
                "2026-03-01 10:00:00 ERROR QUERY: select total from orders failed: ERROR: column \"total\" does not exist",
            })
    void findsTheErrorInALineThatBeginsQuietly(String record) {
        assertThat(classifier.classify(record)).map(DatabaseError::kind).contains(ErrorKind.UNDEFINED_COLUMN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARNING: DB: relation \"orders\" already exists, skipping (SQL State: 42P07 - Error Code: 0)",
                "2026-03-01 10:00:00 WARN o.f.c.i.s.DefaultSqlScriptExecutor : DB: table \"orders\" does not exist, skipping (SQL State: 00000)",
            })
    void takesNoNoticeOfPostgresqlForAnError(String record) {
        assertThat(classifier.classify(record)).isEmpty();
    }

    @Test
    void takesTheSameErrorWithOtherNumbersForTheSame() {
        String one = "pq: canceling statement due to lock timeout: while updating tuple (24,41) in relation \"orders\"";
        String other = "pq: canceling statement due to lock timeout: while updating tuple (7,1) in relation \"orders\"";

        assertThat(classifier.classify(one).orElseThrow().fingerprint())
                .isEqualTo(classifier.classify(other).orElseThrow().fingerprint());
    }

    @Test
    void isQuickOnHostileText() {
        List<String> texts = List.of(
                "ERROR: column ".repeat(70_000),
                "a".repeat(1_000_000) + " does not exist",
                "ERROR: relation \"" + "x".repeat(1_000_000),
                "PSQLException: " + "(".repeat(200_000) + "violates unique constraint",
                "\u0000\u001b[".repeat(100_000) + "deadlock detected");
        long begun = System.nanoTime();

        texts.forEach(classifier::classify);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
}
