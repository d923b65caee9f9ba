package dev.allclear.hook;

/** Where a tool's own log lines go. */
public interface HookLog {
    /** What a person may want to know. */
    void info(String line);

    /** What a person must know: a migration that is not watched. */
    void warn(String line);
}
