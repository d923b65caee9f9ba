package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.config.AllclearConfig;
import dev.allclear.model.CheckReport;
import dev.allclear.testkit.ReportAssert;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTlsTest {
    @TempDir
    static Path directory;

    private static Path authority;
    private static SSLContext ours;
    private static SSLContext anothers;
    private static Vertx vertx;

    @BeforeAll
    static void makeCertificates() throws Exception {
        TestCertificates certificates = new TestCertificates(directory);
        authority = certificates.authority();
        ours = certificates.server("ip:127.0.0.1");
        anothers = certificates.server("dns:elsewhere.example");
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void close() throws Exception {
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    private static String trusted() {
        return ", ca: '" + authority + "'";
    }

    private static String loki(FakeStore store, String rest) {
        return "- loki: { url: '" + store.url() + "', query: '{app=\"shop\"}', tenant: shop-team, token: S3cr3t99"
                + rest + " }\n  silence: ok\n";
    }

    private static String elasticsearch(FakeStore store, String rest) {
        return "- elasticsearch: { url: '" + store.url() + "', index: 'shop-*', user: reader, password: S3cr3t99" + rest
                + " }\n  silence: ok\n";
    }

    private static List<String> lines(String logs) throws Exception {
        AllclearConfig config = ScannerRun.config(logs);
        LogSettings settings = LogSettings.read(config, ZoneOffset.UTC, new LogClassifier().search());
        config.mistakes().throwIfAny();
        Instant now = Clock.systemUTC().instant();
        List<FileMark> since =
                List.of(new FileMark("x", "time", now.minusSeconds(60).toEpochMilli()));
        List<String> lines = new ArrayList<>();
        settings.of(ScannerRun.SHOP)
                .get(0)
                .read(
                        Optional.of(since),
                        now,
                        1 << 20,
                        entry -> lines.add(entry.record().text()));
        return lines;
    }

    @Test
    void readsLokiWithCredentialsAndTenant_whenTheAuthorityIsNamed() throws Exception {
        try (FakeStore store = new FakeStore(ours)) {
            store.add(Clock.systemUTC().instant().minusSeconds(5), "pod", "served");

            List<String> lines = lines(loki(store, trusted()));

            assertThat(lines).containsExactly("served");
            assertThat(store.headers).isNotEmpty().allSatisfy(headers -> {
                assertThat(headers.get("Authorization")).containsExactly("Bearer S3cr3t99");
                assertThat(headers.get("X-Scope-OrgID")).containsExactly("shop-team");
            });
        }
    }

    @Test
    void readsElasticsearchWithCredentials_whenTheAuthorityIsNamed() throws Exception {
        try (FakeStore store = new FakeStore(ours)) {
            store.add(Clock.systemUTC().instant().minusSeconds(5), "pod", "served");
            String basic = Base64.getEncoder().encodeToString("reader:S3cr3t99".getBytes(StandardCharsets.UTF_8));

            List<String> lines = lines(elasticsearch(store, trusted()));

            assertThat(lines).containsExactly("served");
            assertThat(store.headers).isNotEmpty().allSatisfy(headers -> assertThat(headers.get("Authorization"))
                    .containsExactly("Basic " + basic));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void isUnproven_whenTheAuthorityIsUnknown(String kind) throws Exception {
        try (FakeStore store = new FakeStore(ours)) {
            CheckReport report = verify(kind.equals("loki") ? loki(store, "") : elasticsearch(store, ""));

            ReportAssert.assertThat(report)
                    .inconclusive()
                    .withFinding("logs.source-unreachable")
                    .saying("certificate", "is not trusted", "ca:");
            assertThat(store.headers).as("what the store saw").isEmpty();
            assertThat(report.toString()).doesNotContain("S3cr3t99");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"loki", "elasticsearch"})
    void isUnproven_whenTheCertificateIsAnotherHosts(String kind) throws Exception {
        try (FakeStore store = new FakeStore(anothers)) {
            CheckReport report = verify(kind.equals("loki") ? loki(store, trusted()) : elasticsearch(store, trusted()));

            ReportAssert.assertThat(report)
                    .inconclusive()
                    .withFinding("logs.source-unreachable")
                    .saying("certificate", "is not trusted", "127.0.0.1");
            assertThat(store.headers).as("what the store saw").isEmpty();
        }
    }

    @Test
    void namesTheMistake_whenTheFileHoldsNoCertificate() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        AllclearConfig config = ScannerRun.config(
                "- loki: { url: 'https://loki.example', query: '{app=\"a\"}', ca: '" + empty + "' }\n");

        LogSettings.read(config, ZoneOffset.UTC, new LogClassifier().search());

        assertThat(config.mistakes().found().toString()).contains("ca", "PEM");
    }

    private static CheckReport verify(String logs) {
        return new ScannerRun(vertx, Duration.ofMillis(300)).verify(logs, () -> {}, Duration.ZERO, () -> {});
    }
}
