package dev.allclear.status;

import dev.allclear.service.ServiceMain;

/** The status checker as a process of its own. */
public final class StatusCheckerMain {
    private StatusCheckerMain() {}

    /** Reads {@code allclear.yaml} and the environment; runs until it is told to stop. */
    public static void main(String[] args) {
        ServiceMain.run(args, new StatusCheckerModule(), System.getenv());
    }
}
