package dev.allclear.cli.history;

import java.nio.file.Path;

/** What the history holds of a run cannot be used: somebody changed or damaged it. One sentence for the user, naming the file. */
public final class UnreadableHistory extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableHistory(Path file, String where, Exception cause) {
        super("the history's " + file + " cannot be read: " + where + ": " + cause.getMessage(), cause);
    }
}
