package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.FindingCode;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FindingPagesTest {
    @ParameterizedTest
    @MethodSource("codes")
    void everyCodeHasItsPage(FindingCode code) {
        assertThat(Path.of("../docs/findings/" + code + ".md"))
                .content()
                .startsWith("# `" + code + "`")
                .contains("## How to reproduce", "## What does not trigger it", "## How to fix it");
    }

    static Set<FindingCode> codes() {
        return StatusFindings.codes();
    }
}
