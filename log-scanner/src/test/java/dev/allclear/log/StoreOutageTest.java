package dev.allclear.log;

import static dev.allclear.testkit.ReportAssert.assertThat;

import dev.allclear.model.CheckReport;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that answers the first page of the time after completion, and not the second. */
class StoreOutageTest {
    private static final int LINES = 1_500;
    private static final String MISSING = "ERROR pq: column orders.total does not exist";
    /** Where a page begins: nanoseconds in Loki's case, milliseconds in the other. */
    private static final Pattern BEGIN = Pattern.compile("start=(\\d{13})\\d{6}&|\"search_after\":\\[(\\d{13})]");

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger secondPages = new AtomicInteger();
    private FakeStore store;

    @BeforeEach
    void open() throws IOException {
        store = new FakeStore();
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void isUnprovenAndCountsNothing_whenTheSecondPageNeverComes(String kind) {
        CheckReport report = verify(kind, Integer.MAX_VALUE);

        assertThat(report).inconclusive().withFinding("logs.source-unreachable").saying("status 500, 4 times");
        assertThat(report).withoutFinding("logs.undefined-column");
        Assertions.assertThat(report.measurements().get("classes")).isEqualTo(List.of());
        Assertions.assertThat(secondPages).as("how often it was asked for").hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void countsEveryLineOnce_whenTheSecondPageComesLate(String kind) {
        CheckReport report = verify(kind, 3);

        assertThat(report)
                .failed()
                .withFinding("logs.undefined-column")
                .about("orders.total")
                .saying("15 times");
        Assertions.assertThat(report.measurements().get("sources"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .singleElement()
                .satisfies(source ->
                        Assertions.assertThat(((Map<?, ?>) source).get("lines")).isEqualTo((long) LINES));
        Assertions.assertThat(secondPages).as("how often it was asked for").hasValue(4);
    }

    /** Every hundredth line is an error; there are two a page's border apart. */
    private CheckReport verify(String kind, int failures) {
        String logs = kind.equals("loki")
                ? "- loki: { url: '" + store.url() + "', query: '{app=\"shop\"}' }\n  silence: ok\n"
                : "- elasticsearch: { url: '" + store.url() + "', index: 'shop-*' }\n  silence: ok\n";
        return new ScannerRun(vertx, Duration.ofSeconds(2)).verify(logs, () -> {}, Duration.ZERO, () -> {
            Instant now = Clock.systemUTC().instant();
            for (int i = 0; i < LINES; i++) {
                store.add(now.plusNanos(i * 100_000L), "pod", i % 100 == 0 ? MISSING : "served " + i);
            }
            long second = now.toEpochMilli() + 50;
            // not the question whether there are lines of the future
            store.broken = request -> begin(request) > second
                    && begin(request) < second + 30_000
                    && secondPages.getAndIncrement() < failures;
        });
    }

    private static long begin(String request) {
        Matcher matcher = BEGIN.matcher(request);
        return matcher.find() ? Long.parseLong(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)) : 0;
    }
}
