package dev.allclear.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The short form of {@link ReadmeSession}, which runs the readme's blocks on a clean clone. */
final class ReadmeTest {
    private final List<String> blocks = ReadmeBlocks.of(Project.ROOT.resolve("README.md"));

    @Test
    void everyBlockIsOneThatTheSessionKnowsHowToRun() {
        assertThat(blocks).hasSize(3).allMatch(ReadmeSession::isKnown);
    }

    @Test
    void everyBlockIsAShellScript() throws Exception {
        for (String block : blocks) {
            Process shell =
                    new ProcessBuilder("sh", "-n", "-c", block).inheritIO().start();

            assertThat(shell.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(shell.exitValue()).as(block).isZero();
        }
    }

    @Test
    void itsFirstCommandIsThere() {
        assertThat(Project.ROOT.resolve("allclear")).isExecutable();
        assertThat(Project.ROOT.resolve("pom.xml")).exists();
    }
}
