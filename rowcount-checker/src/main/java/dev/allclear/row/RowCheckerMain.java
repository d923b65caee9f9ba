package dev.allclear.row;

import dev.allclear.service.ServiceMain;

/** The row check as a process of its own. */
public final class RowCheckerMain {
    private RowCheckerMain() {}

    /** Takes the arguments and environment of every checker; see {@link ServiceMain}. */
    public static void main(String[] args) {
        ServiceMain.run(args, new RowCheckerModule(), System.getenv());
    }
}
