package dev.allclear.service;

import java.util.List;
import java.util.Map;

/** The main of a checker's own process: {@code ServiceMain.run(args, new LockCheckerModule(), System.getenv())}. */
public final class ServiceMain {
    private ServiceMain() {}

    /** Starts and returns; the process lives until it is told to end. See {@link ProcessHost#run} for arguments and exit codes. */
    public static void run(String[] args, CheckerModule module, Map<String, String> environment) {
        ProcessHost.run(
                "allclear check " + module.name(),
                args,
                environment,
                parts -> CheckerHost.start(parts, List.of(module)));
    }
}
