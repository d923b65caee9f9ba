package dev.allclear.config;

import java.util.ArrayList;
import java.util.List;

/** Collects everything that is wrong with a configuration, so that it is all reported at once. */
public final class Mistakes {
    private final List<String> found = new ArrayList<>();

    /** Notes that {@code path} is wrong, and what would be right. */
    public void add(String path, String what) {
        String sentence = path + ": " + what;
        if (!found.contains(sentence)) {
            found.add(sentence);
        }
    }

    public List<String> found() {
        return List.copyOf(found);
    }

    /** Throws when anything was found; to be called when all settings have been read. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidConfiguration(found());
        }
    }
}
