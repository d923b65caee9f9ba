package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The commands of {@code docs/custom-checks.md} are ones that the program understands; {@code ./allclear-bench custom-checks} runs them. */
final class CustomChecksPageTest {
    private static final Path PAGE = Path.of("../docs/custom-checks.md");

    @Test
    void showsOnlyCommandsThatExist() throws IOException {
        List<String[]> commands = Pattern.compile("(?m)^\\./allclear (.*)$")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult line) -> line.group(1).split(" "))
                .toList();

        assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
        for (String[] command : commands) {
            CommandLine line = AllclearMain.commandLine(Interruption.ofThisThread());
            assertThatCode(() -> line.parseArgs(command))
                    .as("%s", Arrays.toString(command))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void namesFilesThatNewCheckerMakes() throws IOException {
        String page = Files.readString(PAGE);

        for (String file : List.of("Checker", "Findings", "CheckerModule", "CheckerMain", "CheckerContractTest")) {
            assertThat(page).contains("`Naming" + file + "`");
        }
    }
}
