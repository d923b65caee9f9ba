package dev.allclear.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TestBrokerTest {
    private static final List<String> IMAGES = TestBroker.images(Map.of());

    @TempDir
    Path folder;

    @Test
    void needsTheCleanersImage_unlessItIsSwitchedOff() {
        assertThat(TestBroker.images(Map.of())).containsExactly(TestBroker.IMAGE, TestBroker.CLEANER_IMAGE);
        assertThat(TestBroker.images(Map.of("TESTCONTAINERS_RYUK_DISABLED", "false")))
                .contains(TestBroker.CLEANER_IMAGE);
        assertThat(TestBroker.images(Map.of("TESTCONTAINERS_RYUK_DISABLED", "true")))
                .containsExactly(TestBroker.IMAGE);
    }

    @Test
    void saysThatThereIsNoEngine_whenTheCommandIsMissing() {
        assertThat(new DockerCommand("no-such-docker-command").whyNot(IMAGES)).contains("no Docker engine");
    }

    @Test
    void namesTheImage_whenTheEngineHasOnlyTheOther() throws IOException {
        DockerCommand docker = docker("case \"$*\" in version*|*" + TestBroker.IMAGE + ") exit 0 ;; *) exit 1 ;; esac");

        assertThat(docker.whyNot(List.of(TestBroker.IMAGE))).isEmpty();
        assertThat(docker.whyNot(IMAGES)).contains(TestBroker.CLEANER_IMAGE).doesNotContain(TestBroker.IMAGE);
    }

    @Test
    void pullsWhatIsMissing() throws IOException {
        DockerCommand docker = docker("case $1 in version|pull) exit 0 ;; *) exit 1 ;; esac");

        assertThat(docker.whyNot(IMAGES)).isEmpty();
    }

    @Test
    void stopsWhatStartsTooLate() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);

        String failure = TestBroker.failureOf(() -> await(release), stopped::countDown, Duration.ofMillis(50));

        assertThat(failure).contains("no answer within");
        assertThat(stopped.getCount()).isEqualTo(1);
        release.countDown();
        assertThat(stopped.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void stopsWhatFailsToStart_andTellsWhy() {
        CountDownLatch stopped = new CountDownLatch(1);

        String failure = TestBroker.failureOf(
                () -> {
                    throw new IllegalStateException("port taken");
                },
                stopped::countDown,
                Duration.ofSeconds(30));

        assertThat(failure).isEqualTo("port taken");
        assertThat(stopped.getCount()).isZero();
    }

    private DockerCommand docker(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("docker"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new DockerCommand(program.toString());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
