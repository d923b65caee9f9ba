package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lines that the pages of the findings show are found, as what the pages say. */
class FindingPagesTest {
    private static final String OPEN = "```text\n";

    static Stream<String> codes() {
        return Arrays.stream(ErrorKind.values()).map(ErrorKind::code).distinct();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void showsALineThatIsFound(String code) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "findings", "logs." + code + ".md"));
        int from = page.indexOf(OPEN) + OPEN.length();
        String line = page.substring(from, page.indexOf("\n```", from));

        assertThat(new LogClassifier().classify(line))
                .map(error -> error.kind().code())
                .contains(code);
    }
}
