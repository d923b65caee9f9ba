package dev.allclear.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FindingCrowdTest {
    private static final FindingCode CODE = new FindingCode("status.table-unlogged");

    @Test
    void countsTheRest_andLosesNoSeverity() {
        List<Finding> many = Stream.concat(
                        IntStream.range(0, 1500).mapToObj(i -> Finding.of(CODE, Severity.WARNING, "t" + i, "warned")),
                        IntStream.range(0, 51).mapToObj(i -> Finding.of(CODE, Severity.ERROR, "e" + i, "failed")))
                .toList();

        List<Finding> bounded = FindingCrowd.bounded(many);

        assertThat(bounded).hasSize(102);
        assertThat(bounded)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .hasSize(51);
        assertThat(bounded)
                .extracting(Finding::message)
                .contains("and 1450 more findings like the 50 above", "and 1 more findings like the 50 above");
    }

    @Test
    void leavesFiftyAlone() {
        List<Finding> fifty = IntStream.range(0, 50)
                .mapToObj(i -> Finding.of(CODE, Severity.ERROR, "t" + i, "failed"))
                .toList();

        assertThat(FindingCrowd.bounded(fifty)).isEqualTo(fifty);
    }
}
