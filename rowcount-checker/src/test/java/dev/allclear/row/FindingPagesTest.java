package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Yaml;
import dev.allclear.event.MigrationDescription;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Finding;
import dev.allclear.testkit.DescriptionBuilder;
import dev.allclear.testkit.PostgresExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of the findings' pages, run: under "How to reproduce" and "What does not trigger it" a block of SQL is what is there
 * before, a block of YAML what is declared, and a second block of SQL the migration.
 */
final class FindingPagesTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    private static final Path PAGES = Path.of("..", "docs", "findings");
    private static final Pattern BLOCK = Pattern.compile("```(sql|yaml)\n(.*?)```", Pattern.DOTALL);

    /** What takes a server that is down, a role without rights, an open session or a configuration; other tests show these. */
    private static final Set<String> NOT_BY_SQL_ALONE = Set.of(
            "rows.baseline-contaminated",
            "rows.budget-exhausted",
            "rows.database-unreachable",
            "rows.insufficient-privilege",
            "rows.timed-out");

    record Example(String code, String before, String declared, String migration) {
        @Override
        public String toString() {
            return code;
        }
    }

    @BeforeEach
    void emptyDatabase() {
        postgres.execute(
                "drop schema if exists \"Sales\" cascade", "drop schema public cascade", "create schema public");
    }

    @ParameterizedTest
    @MethodSource("reproductions")
    void isReproducedByItsPage(Example example) throws IOException {
        CheckReport report = run(example);

        assertThat(report.findings()).anyMatch(finding -> finding.code().value().equals(example.code()));
        Optional<String> remedy = report.findings().stream()
                .filter(finding -> finding.code().value().equals(example.code()))
                .flatMap(finding -> finding.remedy().stream())
                .findFirst();
        if (remedy.isPresent()) {
            assertThat(page(example.code())).contains(remedy.get());
        }
    }

    @ParameterizedTest
    @MethodSource("counterexamples")
    void isNotTriggeredByWhatItsPageSaysDoesNot(Example example) {
        CheckReport report = run(example);

        assertThat(report.findings()).extracting(Finding::code).noneMatch(code -> code.value()
                .equals(example.code()));
    }

    @Test
    void everyPageIsRun_butForThoseThatTakeMoreThanSql() throws IOException {
        Set<String> run =
                new java.util.TreeSet<>(reproductions().map(Example::code).toList());
        Set<String> pages = new java.util.TreeSet<>(codes());

        pages.removeAll(NOT_BY_SQL_ALONE);

        assertThat(run).isEqualTo(pages);
        assertThat(counterexamples()).hasSizeGreaterThanOrEqualTo(8);
    }

    private static CheckReport run(Example example) {
        postgres.execute(example.before(), "analyze");
        return new RowScene(postgres)
                .around(described(example.declared()), () -> postgres.execute(example.migration()));
    }

    @SuppressWarnings("unchecked")
    private static MigrationDescription described(String yaml) {
        Map<String, Object> declared = yaml.startsWith("-") ? Map.of("expectations", Yaml.list(yaml)) : Yaml.map(yaml);
        List<String> tables = (List<String>) declared.getOrDefault("tables", List.of());
        DescriptionBuilder builder = new DescriptionBuilder()
                .expectations((List<Map<String, Object>>) declared.getOrDefault("expectations", List.of()))
                .tables(tables.toArray(String[]::new));
        return Boolean.TRUE.equals(declared.get("dataChanging"))
                ? builder.dataChanging(true).build()
                : builder.build();
    }

    static Stream<Example> reproductions() throws IOException {
        return examples("## How to reproduce");
    }

    static Stream<Example> counterexamples() throws IOException {
        return examples("## What does not trigger it");
    }

    private static Stream<Example> examples(String section) throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String code : codes()) {
            String text = page(code);
            text = text.substring(text.indexOf(section) + section.length());
            example(code, text.substring(0, text.indexOf("\n## "))).ifPresent(examples::add);
        }
        return examples.stream();
    }

    private static Optional<Example> example(String code, String section) {
        String before = "";
        String declared = "";
        String migration = "";
        Matcher blocks = BLOCK.matcher(section);
        while (blocks.find()) {
            if (blocks.group(1).equals("yaml")) {
                declared = blocks.group(2);
            } else if (declared.isEmpty()) {
                before = blocks.group(2);
            } else {
                migration = blocks.group(2);
            }
        }
        return declared.isEmpty() || NOT_BY_SQL_ALONE.contains(code)
                ? Optional.empty()
                : Optional.of(new Example(code, before, declared, migration));
    }

    private static List<String> codes() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("rows."))
                    .map(name -> name.substring(0, name.length() - 3))
                    .sorted()
                    .toList();
        }
    }

    private static String page(String code) throws IOException {
        return Files.readString(PAGES.resolve(code + ".md"));
    }
}
