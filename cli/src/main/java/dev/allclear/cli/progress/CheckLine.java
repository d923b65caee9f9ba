package dev.allclear.cli.progress;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import java.time.Instant;
import java.util.Optional;

/**
 * What is known of one check in one wait.
 *
 * @param doing what it says it does, or has to say
 * @param since when the wait for it began
 * @param settled when it said what it was asked for; empty while it is awaited
 */
record CheckLine(CheckName check, State state, String doing, Instant since, Optional<Instant> settled) {
    /** In a word, with the colour it is painted in. */
    enum State {
        ASKED("asked", "2"),
        AT_WORK("at work", "36"),
        READY("ready", "32"),
        NO_BEFORE("no before", "33"),
        PASSED("PASSED", "32"),
        NOT_ASKED("not asked", "2"),
        INCONCLUSIVE("INCONCLUSIVE", "33"),
        FAILED("FAILED", "31");

        private final String word;
        private final String code;

        State(String word, String code) {
            this.word = word;
            this.code = code;
        }

        String word() {
            return word;
        }

        String code() {
            return code;
        }
    }

    static CheckLine asked(CheckName check, Instant since) {
        return new CheckLine(check, State.ASKED, "nothing heard from it yet", since, Optional.empty());
    }

    /** What it does now; a check that has said what it was asked for stays with that. */
    CheckLine doing(String activity) {
        return settled.isPresent() ? this : new CheckLine(check, State.AT_WORK, activity, since, settled);
    }

    CheckLine before(BaselineCaptured baseline, Instant now) {
        State reached =
                switch (baseline.status()) {
                    case CAPTURED, NONE -> State.READY;
                    case FAILED -> State.NO_BEFORE;
                };
        return new CheckLine(check, reached, BeforeWords.of(baseline), since, Optional.of(now));
    }

    CheckLine answered(CheckReport report, Instant now) {
        State reached =
                switch (report.outcome()) {
                    case PASSED -> State.PASSED;
                    case NOT_APPLICABLE -> State.NOT_ASKED;
                    case INCONCLUSIVE -> State.INCONCLUSIVE;
                    case FAILED -> State.FAILED;
                };
        return new CheckLine(check, reached, report.summary(), since, Optional.of(now));
    }
}
