package dev.allclear.cli;

/** The command was called with something that cannot be right; the message is for the user, the exit code is 2. */
public final class UsageError extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UsageError(String message) {
        super(message, null, false, false);
    }
}
