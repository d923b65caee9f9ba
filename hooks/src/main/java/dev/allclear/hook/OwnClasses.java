package dev.allclear.hook;

import java.util.function.Supplier;

/**
 * Lets what looks classes up by name find those of this jar. A tool's command line loads what is dropped into its folder with a class
 * loader of its own, and calls it with another one as the thread's; Kafka asks the thread's.
 */
final class OwnClasses {
    private OwnClasses() {}

    static void first(Runnable work) {
        OwnClasses.<Runnable>first(() -> {
            work.run();
            return work;
        });
    }

    static <T> T first(Supplier<T> work) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(OwnClasses.class.getClassLoader());
        try {
            return work.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
