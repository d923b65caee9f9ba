package dev.allclear.service;

/** A checker's main, as a module would write it. */
public final class FakeCheckerMain {
    private FakeCheckerMain() {}

    public static void main(String[] args) {
        ServiceMain.run(args, new FakeCheckerModule(new FakeChecker()), System.getenv());
    }
}
