package dev.allclear.lock;

import dev.allclear.service.ServiceMain;

/** The lock check as a process of its own. */
public final class LockCheckerMain {
    private LockCheckerMain() {}

    /** Takes the arguments and environment of every checker; see {@link ServiceMain}. */
    public static void main(String[] args) {
        ServiceMain.run(args, new LockCheckerModule(), System.getenv());
    }
}
