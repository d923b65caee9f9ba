package dev.allclear.latency;

import dev.allclear.service.ServiceMain;

/** The latency check as a process of its own. */
public final class LatencyCheckerMain {
    private LatencyCheckerMain() {}

    public static void main(String[] args) {
        ServiceMain.run(args, new LatencyCheckerModule(), System.getenv());
    }
}
