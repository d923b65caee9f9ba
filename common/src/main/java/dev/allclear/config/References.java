package dev.allclear.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces {@code ${env:NAME}} and {@code ${file:PATH}} in configured values; the way in which secrets enter. */
final class References {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    private final Map<String, String> environment;

    References(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether nothing but a reference stands there, or a word such as {@code Bearer} and a reference. */
    static boolean isReference(String text) {
        return text.matches("(?s)(?:[A-Za-z]{1,20} )?\\$\\{(?:env|file):[^}]+}");
    }

    String resolve(String path, String text, Mistakes mistakes) {
        Matcher matcher = REFERENCE.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(2);
            String value = matcher.group(1).equals("env") ? variable(path, name, mistakes) : file(path, name, mistakes);
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }

    private String variable(String path, String name, Mistakes mistakes) {
        String value = environment.get(name);
        if (value == null) {
            mistakes.add(path, "the environment variable " + name + " is not set");
            return "";
        }
        return value;
    }

    private static String file(String path, String name, Mistakes mistakes) {
        try {
            return Files.readString(Path.of(name)).strip();
        } catch (IOException | InvalidPathException unreadable) {
            mistakes.add(path, "the file " + name + " cannot be read");
            return "";
        }
    }
}
