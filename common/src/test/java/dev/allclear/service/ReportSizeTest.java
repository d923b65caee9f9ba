package dev.allclear.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.EventJson;
import dev.allclear.event.CheckCompleted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportSizeTest {
    @ParameterizedTest
    @ValueSource(strings = {"x", "表", "\u0001", "\""})
    void fitsWhateverItsLetters_andFailsStill(String letter) {
        Finding finding = Finding.of(
                new FindingCode("rows.mismatch"), Severity.ERROR, letter.repeat(3_000), letter.repeat(3_000));

        CheckReport fit = ReportSize.fit(report(finding, 200, letter.repeat(3_000)));

        assertThat(EventJson.write(new CheckCompleted(fit)).length).isLessThanOrEqualTo(ReportSize.LARGEST);
        assertThat(fit.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fit.findings()).hasSize(100).allMatch(kept -> kept.severity() == Severity.ERROR);
    }

    @Test
    void leavesASmallOneAlone() {
        CheckReport small = report(Finding.of(new FindingCode("rows.mismatch"), Severity.ERROR, "a", "b"), 1, "c");

        assertThat(ReportSize.fit(small)).isSameAs(small);
    }

    private static CheckReport report(Finding finding, int times, String summary) {
        return new CheckReport(
                new RunId("r1"),
                new DatabaseName("shop"),
                CheckName.ROWS,
                "test",
                Outcome.FAILED,
                summary,
                Collections.nCopies(times, finding),
                Map.of(),
                Instant.EPOCH,
                Instant.EPOCH,
                Cost.NONE);
    }
}
