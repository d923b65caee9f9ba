package dev.allclear.cli;

import dev.allclear.model.Decision;

/** Exit codes of the command; part of the contract with pipelines. */
final class ExitCode {
    static final int PASS = 0;
    static final int FAIL = 1;
    static final int USAGE = 2;
    static final int INCONCLUSIVE = 3;

    private ExitCode() {}

    static int of(Decision decision) {
        return switch (decision) {
            case PASS -> PASS;
            case FAIL -> FAIL;
            case INCONCLUSIVE -> INCONCLUSIVE;
        };
    }
}
