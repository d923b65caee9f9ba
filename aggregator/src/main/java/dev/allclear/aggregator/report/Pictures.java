package dev.allclear.aggregator.report;

import dev.allclear.model.CheckName;

/** The picture that goes with each built-in check, drawn from its measurements where they are there. */
final class Pictures {
    private Pictures() {}

    static void draw(CheckName check, Measured measured, Markup html) {
        if (check.equals(CheckName.STATUS)) {
            ChangePicture.draw(measured, html);
        } else if (check.equals(CheckName.LATENCY)) {
            LatencyPicture.draw(measured, html);
        } else if (check.equals(CheckName.LOCKS)) {
            LockPicture.draw(measured, html);
        } else if (check.equals(CheckName.ROWS)) {
            RowPicture.draw(measured, html);
        } else if (check.equals(CheckName.LOGS)) {
            ErrorPicture.draw(measured, html);
        }
    }
}
