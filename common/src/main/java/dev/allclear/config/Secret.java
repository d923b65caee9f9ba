package dev.allclear.config;

/** A value that must not be shown: prints as {@code ***}. */
public record Secret(String reveal) {
    @Override
    public String toString() {
        return "***";
    }
}
