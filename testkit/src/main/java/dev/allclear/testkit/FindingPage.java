package dev.allclear.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of {@code docs/findings} with the scripts in it: fenced SQL whose first line is {@code -- NAME.sql}, or
 * {@code -- NAME.sql: how it is run}. {@code before.sql} stands before the run; {@code bad.sql} reproduces the finding,
 * {@code good.sql} does not; while {@code bad.sql} runs another session has {@code meanwhile.sql} in an open transaction;
 * {@code cause.sql} removes what would make the remedy fail. A fenced YAML block is what the check is configured with under its
 * database. A page without scripts says {@code More than SQL is needed: …}.
 */
public record FindingPage(String code, String text, Map<String, Script> scripts) {
    private static final Pattern SCRIPT =
            Pattern.compile("```sql\n-- ([a-z]+)\\.sql(?:: ([^\n]*))?\n(.*?)```", Pattern.DOTALL);

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    /**
     * One script of a page.
     *
     * @param options as on the command line of {@code allclear run} and of PostgreSQL's own client
     */
    public record Script(String options, String sql) {

        /** Its statements; a semicolon between {@code $$} ends none. */
        public List<String> statements() {
            List<String> statements = new ArrayList<>();
            StringBuilder statement = new StringBuilder();
            boolean quoted = false;
            for (String line : sql.split("\n", -1)) {
                String code = line.replaceFirst("\\s+-- .*$", "");
                quoted ^= (code.split("\\$\\$", -1).length - 1) % 2 == 1;
                statement.append(code).append('\n');
                if (!quoted && code.endsWith(";")) {
                    statements.add(statement.toString().strip());
                    statement.setLength(0);
                }
            }
            if (!statement.toString().isBlank()) {
                throw new IllegalArgumentException("no semicolon after " + statement);
            }
            return statements;
        }

        public Optional<String> option(String name) {
            Matcher value = Pattern.compile(Pattern.quote(name) + " (\\S+)").matcher(options);
            return value.find() ? Optional.of(value.group(1)) : Optional.empty();
        }
    }

    /** The pages of one check's codes, by name; they are looked for in the working directory and above it. */
    public static Stream<FindingPage> allOf(String check) {
        Path findings = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(findings.resolve("docs/findings"))) {
            Path above = findings.getParent();
            if (above == null) {
                throw new IllegalStateException("no docs/findings in or above the working directory");
            }
            findings = above;
        }
        try (Stream<Path> files = Files.list(findings.resolve("docs/findings"))) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith(check + "."))
                    .sorted()
                    .map(FindingPage::read)
                    .toList()
                    .stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static FindingPage read(Path file) {
        try {
            String text = Files.readString(file);
            Map<String, Script> scripts = new LinkedHashMap<>();
            Matcher script = SCRIPT.matcher(text);
            while (script.find()) {
                String options = Optional.ofNullable(script.group(2)).orElse("");
                scripts.put(script.group(1), new Script(options, script.group(3).stripTrailing()));
            }
            return new FindingPage(file.getFileName().toString().replaceFirst("\\.md$", ""), text, scripts);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the check is configured with, empty when the page says nothing. */
    public String configuration() {
        Matcher yaml = YAML.matcher(text);
        return yaml.find() ? yaml.group(1) : "";
    }

    public boolean needsMoreThanSql() {
        return text.contains("\nMore than SQL is needed: ");
    }

    @Override
    public String toString() {
        return code;
    }
}
