package dev.allclear.acceptance.teams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.acceptance.docs.Project;
import dev.allclear.config.KafkaConfig;
import dev.allclear.testkit.BrokerExtension;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every shell block of {@code docs/custom-checks.md} as it stands there, only the port is a free one. Each section is walked in a copy of
 * what the build has just made, both at once, since they mostly wait. From a clean clone: {@code ./allclear-bench custom-checks}.
 */
final class CustomChecksPageIT {
    private static final String PORT = "19092";
    private static final int MINUTES = 15;

    private static final ExecutorService walkers = Executors.newCachedThreadPool();
    private static final List<Section> sections = new ArrayList<>();

    private static final Pattern OWN_PROCESS = Pattern.compile("`(java -jar [^`]+)`");

    @RegisterExtension
    static final BrokerExtension broker = new BrokerExtension();

    private record Section(String heading, Path copy, List<String> blocks, Future<List<PageWalk.Ended>> walk) {}

    @BeforeAll
    static void setOut(@TempDir Path folder) throws IOException {
        for (var section : PageWalk.sections().entrySet()) {
            Path copy = BuiltCopy.at(folder.resolve(Integer.toString(sections.size())));
            String port = freePort();
            sections.add(new Section(
                    section.getKey(),
                    copy,
                    section.getValue(),
                    walkers.submit(() -> walk(copy, section.getValue(), port))));
        }
    }

    @AfterAll
    static void comeBack() {
        walkers.shutdownNow();
    }

    @TestFactory
    Stream<DynamicContainer> everyBlockDoesWhatThePageSays() {
        assertThat(sections).extracting(Section::heading).containsExactly("In Java", "In any language");
        assertThat(sections).extracting(section -> section.blocks().size()).containsExactly(3, 2);
        return sections.stream()
                .map(section -> DynamicContainer.dynamicContainer(
                        section.heading(),
                        section.blocks().stream()
                                .map(block -> DynamicTest.dynamicTest(block, () -> assertWell(section, block)))));
    }

    /** The command that the page's table names. */
    @Test
    void theNewCheckRunsAsAProcessOfItsOwn() throws Exception {
        Section java = sections.get(0);
        java.walk().get(MINUTES, TimeUnit.MINUTES);
        Matcher command = OWN_PROCESS.matcher(Project.text(PageWalk.PAGE));
        assertThat(command.find()).isTrue();
        KafkaConfig kafka = broker.kafka();
        Files.writeString(java.copy().resolve("allclear.yaml"), """
                kafka: { bootstrap.servers: "%s", topic-prefix: "%s" }
                databases: { shop: { uri: "postgresql://allclear@localhost:1/shop" } }
                """.formatted(
                        kafka.bootstrapServers().orElseThrow(), kafka.topicPrefix()));

        try (ForeignProcess check = ForeignProcess.start(
                List.of("bash", "-c", "exec " + command.group(1)),
                java.copy(),
                kafka,
                Map.of("ALLCLEAR_HTTP_PORT", "0"))) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> !check.isAlive() || check.output().contains(" runs; health and metrics at "));

            assertThat(check.isAlive()).as(check.output()).isTrue();
        }
    }

    private static void assertWell(Section section, String block)
            throws ExecutionException, InterruptedException, TimeoutException {
        Assumptions.assumeTrue(PageWalk.canRun(block), "no Python with a Kafka client");

        List<PageWalk.Ended> ended = section.walk().get(MINUTES, TimeUnit.MINUTES);

        int at = section.blocks().indexOf(block);
        assertThat(ended).as("the blocks before this one ended well").hasSizeGreaterThan(at);
        assertThat(ended.get(at).isWell()).as(ended.get(at).output()).isTrue();
    }

    /** One after the other; after one that failed no more. */
    private static List<PageWalk.Ended> walk(Path copy, List<String> blocks, String port) {
        List<PageWalk.Ended> ended = new ArrayList<>();
        for (String block : blocks) {
            if (!PageWalk.canRun(block)) {
                ended.add(new PageWalk.Ended(true, 0, "skipped"));
                continue;
            }
            ended.add(PageWalk.run(copy, block.replace(PORT, port)));
            if (!ended.get(ended.size() - 1).isWell()) {
                break;
            }
        }
        return ended;
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Integer.toString(socket.getLocalPort());
        }
    }
}
