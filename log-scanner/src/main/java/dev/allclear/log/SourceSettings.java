package dev.allclear.log;

import dev.allclear.config.KafkaConfig;
import dev.allclear.config.Section;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads one entry of {@code databases.NAME.logs}. Mistakes are noted in the configuration, not thrown. */
record SourceSettings(KafkaConfig kafka, ZoneId zone, LiteralSearch search) {
    private static final Duration LAG = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final List<String> KINDS = List.of("file", "loki", "elasticsearch", "kafka");

    Optional<LogSource> read(Section section) {
        List<String> kinds = KINDS.stream().filter(section::has).toList();
        if (kinds.size() != 1) {
            section.mistake(
                    kinds.isEmpty() ? "file" : kinds.get(1),
                    "a log source has exactly one of " + String.join(", ", KINDS));
            return Optional.empty();
        }
        Duration lag = section.duration("lag", LAG);
        String silence = section.string("silence", "unproven");
        if (!silence.equals("unproven") && !silence.equals("ok")) {
            section.mistake("silence", "\"" + silence + "\" is neither unproven nor ok");
        }
        boolean silenceIsOk = silence.equals("ok");
        Optional<LogSource> source =
                switch (kinds.get(0)) {
                    case "loki" -> loki(section.section("loki"), lag, silenceIsOk);
                    case "elasticsearch" -> elasticsearch(section.section("elasticsearch"), lag, silenceIsOk);
                    case "kafka" -> topic(section.section("kafka"), lag, silenceIsOk);
                    default -> file(section, lag, silenceIsOk);
                };
        section.rejectOtherKeys();
        return source;
    }

    private Optional<LogSource> file(Section section, Duration lag, boolean silenceIsOk) {
        String file = section.required("file");
        return file.isBlank()
                ? Optional.empty()
                : Optional.of(new FileLogs(new FilePattern(file), lag, silenceIsOk, zone, search));
    }

    private static Optional<LogSource> loki(Section section, Duration lag, boolean silenceIsOk) {
        String query = section.required("query");
        Map<String, String> headers = credentials(section);
        section.string("tenant").ifPresent(tenant -> headers.put("X-Scope-OrgID", tenant));
        Optional<HttpStore> http = http(section, headers);
        section.rejectOtherKeys();
        return http.map(store -> new StoreLogs(
                "loki " + store.base().getHost() + " " + query, new Loki(store, query, Loki.PAGE), lag, silenceIsOk));
    }

    private static Optional<LogSource> elasticsearch(Section section, Duration lag, boolean silenceIsOk) {
        String index = section.required("index");
        if (!index.matches("[^\\s/?#&\"\\\\]*")) {
            section.mistake("index", "\"" + index + "\" is no name or pattern of an index");
        }
        String message = section.string("message", "message");
        String timestamp = section.string("timestamp", "@timestamp");
        Map<String, String> headers = credentials(section);
        section.secret("api-key").ifPresent(key -> headers.put("Authorization", "ApiKey " + key.reveal()));
        Optional<HttpStore> http = http(section, headers);
        section.rejectOtherKeys();
        return http.map(store -> new StoreLogs(
                "elasticsearch " + store.base().getHost() + " " + index,
                new Elasticsearch(store, index, message, timestamp, Elasticsearch.PAGE),
                lag,
                silenceIsOk));
    }

    private Optional<LogSource> topic(Section section, Duration lag, boolean silenceIsOk) {
        String topic = section.required("topic");
        Map<String, String> client = new LinkedHashMap<>(kafka.client());
        for (String key : section.keys()) {
            if (key.contains(".")) {
                section.string(key).ifPresent(value -> client.put(key, value));
            }
        }
        KafkaConfig own = new KafkaConfig(client, kafka.topicPrefix(), kafka.partitions(), kafka.replication());
        if (own.bootstrapServers().isEmpty()) {
            section.mistake(
                    "bootstrap.servers", "is needed here, since the configuration names no Kafka cluster under kafka");
        }
        // by its name a source's marks are known: topics of two clusters may have the same
        String cluster = section.has("bootstrap.servers")
                ? " at " + own.bootstrapServers().orElse("")
                : "";
        section.rejectOtherKeys();
        return topic.isBlank()
                ? Optional.empty()
                : Optional.of(new TopicLogs("kafka " + topic + cluster, own, topic, lag, silenceIsOk));
    }

    private static Map<String, String> credentials(Section section) {
        Map<String, String> headers = new LinkedHashMap<>();
        Optional<String> user = section.string("user");
        section.secret("password")
                .ifPresent(password -> headers.put(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user.orElse("") + ":" + password.reveal())
                                                .getBytes(StandardCharsets.UTF_8))));
        section.secret("token").ifPresent(token -> headers.put("Authorization", "Bearer " + token.reveal()));
        return headers;
    }

    private static Optional<HttpStore> http(Section section, Map<String, String> headers) {
        String url = section.required("url");
        Duration timeout = section.duration("timeout", TIMEOUT);
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout);
        section.string("ca").ifPresent(file -> {
            try {
                client.sslContext(trusting(Path.of(file)));
            } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
                section.mistake("ca", "cannot be read as PEM certificates: " + file);
            }
        });
        try {
            URI uri = URI.create(url);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return Optional.of(new HttpStore(uri, Map.copyOf(headers), timeout, client.build()));
            }
        } catch (IllegalArgumentException noUri) {
            // said below
        }
        if (!url.isBlank()) {
            section.mistake(
                    "url",
                    "must be http:// or https:// and a host, without credentials (user, password, token) or a query");
        }
        return Optional.empty();
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(file)) {
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new IllegalArgumentException("no certificate in " + file);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
