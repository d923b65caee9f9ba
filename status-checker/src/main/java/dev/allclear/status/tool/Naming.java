package dev.allclear.status.tool;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether a row is what a target version names: people write a version, a file, or a path to it. */
final class Naming {
    private static final Pattern EXTENSION =
            Pattern.compile("(?:\\.(?:up|do|cjs|mjs|js|ts|sql|py|rb|go|php|cs|xml|ya?ml|json))+$");
    /** Not {@code 1.2} or {@code 2024-01-05}: their first part is no number of a migration. */
    private static final Pattern NUMBERED = Pattern.compile("([0-9]+)(?:_.*|[.-](?![0-9]).*)?");

    private Naming() {}

    /** Exactly one of the row's own spellings: for tools whose names have parts that must not be lost. */
    static boolean exact(Step step, String target) {
        return spellings(step).contains(target);
    }

    /** One of the row's spellings, with or without folder and extension, or its number alone. */
    static boolean fileLike(Step step, String target) {
        if (exact(step, target)) {
            return true;
        }
        String stem = stem(target);
        List<String> spellings = spellings(step).stream().map(Naming::stem).toList();
        return spellings.contains(stem) || isNumber(step, spellings, stem);
    }

    /** {@code 7} is {@code 007_add_total}; {@code 007_add_total} is {@code 7} only where the table keeps nothing but the number. */
    private static boolean isNumber(Step step, List<String> spellings, String target) {
        Matcher wanted = NUMBERED.matcher(target);
        if (!wanted.matches()) {
            return false;
        }
        boolean bare = wanted.group(1).equals(target);
        boolean onlyNumber = step.version().filter(step.name()::equals).isPresent();
        return (bare || onlyNumber)
                && spellings.stream()
                        .map(NUMBERED::matcher)
                        .anyMatch(own ->
                                own.matches() && new BigInteger(own.group(1)).equals(new BigInteger(wanted.group(1))));
    }

    private static List<String> spellings(Step step) {
        return Stream.of(step.version().stream(), Stream.of(step.name()), step.aliases().stream())
                .flatMap(each -> each)
                .toList();
    }

    private static String stem(String text) {
        String file = text.substring(text.lastIndexOf('/') + 1);
        return EXTENSION.matcher(file).replaceFirst("");
    }
}
