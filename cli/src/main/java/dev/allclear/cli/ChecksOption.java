package dev.allclear.cli;

import dev.allclear.model.CheckName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** Which checks are asked, where that is not left to the policy. */
final class ChecksOption {
    @Option(
            names = "--checks",
            split = ",",
            paramLabel = "CHECK",
            description = "Only these checks (standalone), or these in addition to the policy's (cluster).")
    private List<String> checks = new ArrayList<>();

    Set<CheckName> named() {
        return parse("--checks", checks);
    }

    /** The names in a list with commas, which may be empty. */
    static Set<CheckName> parse(String option, String list) {
        return parse(option, Arrays.asList(list.split(",", -1)));
    }

    private static Set<CheckName> parse(String option, List<String> list) {
        try {
            Set<CheckName> names = new TreeSet<>();
            list.stream()
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .forEach(name -> names.add(new CheckName(name)));
            return names;
        } catch (IllegalArgumentException unknown) {
            throw new UsageError(option + ": " + unknown.getMessage());
        }
    }
}
