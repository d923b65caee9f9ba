package dev.allclear.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.event.CheckCompleted;
import dev.allclear.event.EventType;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.Cost;
import dev.allclear.model.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final String RESULT =
            "{'runId':'r1','database':'shop','check':'acme.replicas','outcome':'%s','summary':'replicas lag'%s}";
    private static final String COMPLETED = "{'runId':'r1','database':'shop','completedAt':'2026-01-31T12:00:00Z'%s}";

    @Test
    void readsTheSmallestValidResult() throws Exception {
        CheckCompleted event = result(RESULT.formatted("PASSED", ""));

        assertThat(event.report().outcome()).isEqualTo(Outcome.PASSED);
        assertThat(event.report().findings()).isEmpty();
        assertThat(event.report().measurements()).isEmpty();
        assertThat(event.report().cost()).isEqualTo(Cost.NONE);
        assertThat(event.report().checkerVersion()).isEqualTo("unknown");
        assertThat(event.time()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void readsTheSmallestFindingOfAStranger() throws Exception {
        CheckCompleted event = result(RESULT.formatted("FAILED", findings("ERROR")));

        assertThat(event.report().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.subject()).isEmpty();
            assertThat(finding.remedy()).isEmpty();
            assertThat(finding.evidence()).isEmpty();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "PASSED, ERROR, FAILED",
        "PASSED, UNPROVEN, INCONCLUSIVE",
        "NOT_APPLICABLE, ERROR, FAILED",
        "NOT_APPLICABLE, UNPROVEN, INCONCLUSIVE",
        "INCONCLUSIVE, ERROR, FAILED",
        "FAILED, UNPROVEN, FAILED",
        "FAILED, INFO, FAILED",
        "INCONCLUSIVE, WARNING, INCONCLUSIVE",
        "NOT_APPLICABLE, INFO, NOT_APPLICABLE",
        "PASSED, WARNING, PASSED"
    })
    void takesTheWorseOfClaimAndFindings(String claimed, String severity, Outcome outcome) throws Exception {
        CheckCompleted event = result(RESULT.formatted(claimed, findings(severity)));

        assertThat(event.report().outcome()).isEqualTo(outcome);
    }

    @Test
    void readsACompletionWithNothingSaid() throws Exception {
        MigrationCompleted event =
                (MigrationCompleted) EventJson.read(EventType.MIGRATION_COMPLETED, json(COMPLETED.formatted("")));

        assertThat(event.description()).isEqualTo(MigrationDescription.NOTHING_SAID);
        assertThat(event.exitCode()).isEmpty();
        assertThat(event.outcome()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT2M, PT2M", "2m, PT2M", "90s, PT1M30S", "500ms, PT0.5S"})
    void readsDurationsAsPeopleWriteThem(String text, Duration duration) throws Exception {
        MigrationCompleted event = (MigrationCompleted)
                EventJson.read(EventType.MIGRATION_COMPLETED, json(COMPLETED.formatted(",'deadline':'" + text + "'")));

        assertThat(event.description().deadline()).contains(duration);
    }

    @Test
    void readsATimeWithAnOffset() throws Exception {
        MigrationCompleted event = (MigrationCompleted) EventJson.read(
                EventType.MIGRATION_COMPLETED,
                json("{'runId':'r1','database':'shop','completedAt':'2026-01-31T14:00:00+02:00'}"));

        assertThat(event.completedAt()).isEqualTo("2026-01-31T12:00:00Z");
    }

    static Stream<Arguments> malformed() {
        String deep = "{'a':".repeat(200) + "1" + "}".repeat(200);
        return Stream.of(
                Arguments.of("", "not a JSON object"),
                Arguments.of("null", "not a JSON object"),
                Arguments.of("[]", "not a JSON object"),
                Arguments.of("'text'", "not a JSON object"),
                Arguments.of("{'runId':'r1'", "not a JSON object: line 1"),
                Arguments.of("{} {}", "not a JSON object"),
                Arguments.of("\u0000\u0001", "not a JSON object"),
                Arguments.of("{}", "runId is required"),
                Arguments.of("{'runId':null}", "runId is required"),
                Arguments.of("{'runId':7}", "runId must be a string"),
                Arguments.of("{'runId':'../etc/passwd'}", "runId \"../etc/passwd\" must match"),
                Arguments.of("{'runId':'" + "r".repeat(50_000) + "'}", "must match"),
                Arguments.of("{'runId':'r1'}", "database is required"),
                Arguments.of("{'runId':'r1','database':'postgresql://h/d'}", "must match"),
                Arguments.of("{'runId':'r1','runId':'r2','database':'shop'}", "Duplicate"),
                Arguments.of(
                        "{'runId':'r1','database':'shop','completedAt':'yesterday'}", "completedAt must be a time"),
                Arguments.of(
                        "{'runId':'r1','database':'shop','completedAt':1769860800}", "completedAt must be a string"),
                Arguments.of(
                        "{'runId':'r1','database':'shop','completedAt':'+999999999-01-01T00:00:00Z'}",
                        "completedAt must be a time"),
                Arguments.of(COMPLETED.formatted(",'exitCode':'0'"), "exitCode must be a whole number"),
                Arguments.of(COMPLETED.formatted(",'exitCode':0.5"), "exitCode must be a whole number"),
                Arguments.of(COMPLETED.formatted(",'exitCode':99999999999"), "exitCode must be a whole number"),
                Arguments.of(COMPLETED.formatted(",'exitCode':" + "9".repeat(1_000_000)), "not a JSON object"),
                Arguments.of(COMPLETED.formatted(",'other':" + deep), "not a JSON object"),
                Arguments.of(COMPLETED.formatted(",'outcome':'succeeded'"), "outcome must be one of [SUCCEEDED"),
                Arguments.of(COMPLETED.formatted(",'tables':'public.orders'"), "tables must be a list of strings"),
                Arguments.of(COMPLETED.formatted(",'tables':[null]"), "tables must be a list of strings"),
                Arguments.of(COMPLETED.formatted(",'expectations':['rows']"), "expectations must be a list of objects"),
                Arguments.of(COMPLETED.formatted(",'checks':['rm -rf']"), "check \"rm -rf\" must be one of"),
                Arguments.of(COMPLETED.formatted(",'sessions':{'pids':['1']}"), "sessions.pids must be a list"),
                Arguments.of(COMPLETED.formatted(",'links':{'a':1}"), "links.a must be a string"),
                Arguments.of(COMPLETED.formatted(",'dataChanging':'yes'"), "dataChanging must be true or false"),
                Arguments.of(COMPLETED.formatted(",'deadline':'soon'"), "deadline must be a duration"),
                Arguments.of(
                        COMPLETED.formatted(",'deadline':'PT9223372036854775807S'"), "deadline must be a duration"),
                Arguments.of(COMPLETED.formatted(",'deadline':'-PT5M'"), "deadline must be a duration"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void saysShortlyWhyACompletionIsUndecodable(String json, String reason) {
        assertThatThrownBy(() -> EventJson.read(EventType.MIGRATION_COMPLETED, json(json)))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageContaining(reason)
                .satisfies(thrown -> assertThat(thrown.getMessage()).hasSizeLessThanOrEqualTo(301));
    }

    static Stream<Arguments> malformedResults() {
        return Stream.of(
                Arguments.of(RESULT.formatted("FAILED", ""), "without a finding"),
                Arguments.of(RESULT.formatted("INCONCLUSIVE", ",'findings':[]"), "without a finding"),
                Arguments.of(RESULT.formatted("GREEN", ""), "outcome must be one of"),
                Arguments.of(
                        RESULT.formatted("PASSED", ",'findings':[{'code':'a.b','severity':'FATAL','message':'m'}]"),
                        "findings[0].severity must be one of"),
                Arguments.of(
                        RESULT.formatted("PASSED", ",'findings':[{'code':'a.b','severity':'INFO','message':' '}]"),
                        "needs a message"),
                Arguments.of(
                        RESULT.formatted("PASSED", ",'findings':[{'code':'AB','severity':'INFO','message':'m'}]"),
                        "finding code"),
                Arguments.of(RESULT.formatted("PASSED", ",'findings':{}"), "findings must be a list"),
                Arguments.of(RESULT.formatted("PASSED", ",'cost':{'queries':-1}"), "cost.queries must be a whole"),
                Arguments.of(RESULT.replace("acme.replicas", "replicas").formatted("PASSED", ""), "must be one of"));
    }

    @ParameterizedTest
    @MethodSource("malformedResults")
    void saysShortlyWhyAResultIsUndecodable(String json, String reason) {
        assertThatThrownBy(() -> result(json))
                .isInstanceOf(UndecodableEvent.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"hunter2", "{'runId':'r1','password':'hunter2' oops", "{'password':hunter2}", "{hunter2:1}"})
    void doesNotQuoteWhatIsNotJson(String json) {
        assertThatThrownBy(() -> EventJson.read(EventType.MIGRATION_COMPLETED, json(json)))
                .isInstanceOf(UndecodableEvent.class)
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain("hunter2"));
    }

    private static String findings(String severity) {
        return ",'findings':[{'code':'acme.lag','severity':'" + severity + "','message':'lag is 9 s (limit 5 s)'}]";
    }

    private static CheckCompleted result(String json) throws UndecodableEvent {
        return (CheckCompleted) EventJson.read(EventType.CHECK_COMPLETED, json(json));
    }

    private static byte[] json(String singleQuoted) {
        return singleQuoted.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
