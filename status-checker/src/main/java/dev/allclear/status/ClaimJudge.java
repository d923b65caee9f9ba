package dev.allclear.status;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.model.Finding;
import dev.allclear.status.output.LastWords;
import dev.allclear.status.output.StoppedAt;
import dev.allclear.status.output.ToolOutput;
import java.util.ArrayList;
import java.util.List;

/** What the publisher claims and what the tool printed, whatever the database says. */
final class ClaimJudge {
    private ClaimJudge() {}

    static List<Finding> judge(MigrationCompleted completed) {
        ToolOutput output = ToolOutput.of(completed.output().orElse(""));
        List<Finding> findings = new ArrayList<>();
        if (completed.claimsFailure()) {
            String text = completed.output().orElse("");
            List<String> said =
                    output.errors().isEmpty() ? LastWords.of(text).stream().toList() : output.errors();
            findings.add(StatusFindings.migrationFailed(claim(completed), StoppedAt.of(text), said));
        } else if (!output.errors().isEmpty()) {
            findings.add(StatusFindings.toolReportedError(claim(completed), output.errors()));
        }
        if (!output.warnings().isEmpty()) {
            findings.add(StatusFindings.toolWarning(output.warnings()));
        } else if (!output.notices().isEmpty()) {
            findings.add(StatusFindings.toolNotice(output.notices()));
        }
        return findings;
    }

    /** Both claims, as far as they were made: {@code exit code 1, outcome FAILED}. */
    private static String claim(MigrationCompleted completed) {
        List<String> claims = new ArrayList<>();
        completed.exitCode().ifPresent(code -> claims.add("exit code " + code));
        completed.outcome().ifPresent(outcome -> claims.add("outcome " + outcome));
        return claims.isEmpty() ? "no exit code" : String.join(", ", claims);
    }
}
