package dev.allclear.cli;

/** What had to be asked did not answer: nothing is proven. The message is for the user, the exit code is 3. */
final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unanswered(String message) {
        super(message, null, false, false);
    }
}
