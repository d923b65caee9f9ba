package dev.allclear.aggregator.report;

import dev.allclear.model.CheckName;
import dev.allclear.model.Finding;
import dev.allclear.model.Severity;
import java.util.Set;
import java.util.stream.Collectors;

/** The picture that goes with each built-in check, drawn from its measurements where they are there. */
final class Pictures {
    private Pictures() {}

    static void draw(CheckSection section, Markup html) {
        CheckName check = section.check();
        Measured measured = new Measured(section.measurements());
        if (check.equals(CheckName.STATUS)) {
            ChangePicture.draw(measured, html);
        } else if (check.equals(CheckName.LATENCY)) {
            Set<String> blamed = section.findings().stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .map(Finding::subject)
                    .collect(Collectors.toSet());
            LatencyPicture.draw(measured, blamed, html);
        } else if (check.equals(CheckName.LOCKS)) {
            LockPicture.draw(measured, html);
        } else if (check.equals(CheckName.ROWS)) {
            RowPicture.draw(measured, html);
        } else if (check.equals(CheckName.LOGS)) {
            ErrorPicture.draw(measured, html);
        }
    }
}
