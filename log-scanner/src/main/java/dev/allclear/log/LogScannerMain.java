package dev.allclear.log;

import dev.allclear.service.ServiceMain;

/** The log scanner as a process of its own. */
public final class LogScannerMain {
    private LogScannerMain() {}

    public static void main(String[] args) {
        ServiceMain.run(args, new LogScannerModule(), System.getenv());
    }
}
