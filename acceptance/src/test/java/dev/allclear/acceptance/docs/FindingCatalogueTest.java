package dev.allclear.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.log.ErrorKind;
import dev.allclear.model.CheckName;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Severity;
import dev.allclear.postgres.DatabaseFailure;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every finding code of the code has its page, and every page a code. */
final class FindingCatalogueTest {
    private static final Pattern LITERAL = Pattern.compile("new FindingCode\\(\\s*\"([^\"]+)\"\\)");
    private static final Pattern COMPOSED = Pattern.compile("new FindingCode\\((?!\\s*\"[^\"]+\"\\))");

    /** Where codes are put together, so that no literal names them; {@link #composed()} knows what comes out. */
    private static final Set<String> COMPOSERS = Set.of(
            "HostFindings.java",
            "LockFindings.java",
            "LogFindings.java",
            "RowFindings.java",
            "StatusChecker.java",
            "StatusFindings.java");

    private static final Set<String> SEVERITIES =
            Arrays.stream(Severity.values()).map(Severity::name).collect(Collectors.toSet());

    @Test
    void everyCodeHasAPage_andEveryPageACode() {
        assertThat(pages()).isEqualTo(codes());
    }

    @Test
    void codesAreComposedOnlyWhereThisTestKnowsHow() {
        List<String> composers = Project.files("[a-z-]+/src/main/.*\\.java").stream()
                .filter(file -> COMPOSED.matcher(Project.text(file)).find())
                .map(file -> file.getFileName().toString())
                .toList();

        assertThat(COMPOSERS).containsAll(composers);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageHasTheSameForm(String code) {
        List<String> lines = Project.text(page(code)).lines().toList();

        assertThat(lines.get(0)).isEqualTo("# `" + code + "`");
        assertThat(lines.get(2)).startsWith("Severity: ");
        assertThat(Pattern.compile("\\*\\*([A-Z]+)\\*\\*")
                        .matcher(lines.get(2))
                        .results()
                        .map(found -> found.group(1)))
                .isNotEmpty()
                .isSubsetOf(SEVERITIES);
        assertThat(lines.stream().filter(line -> line.startsWith("## ")))
                .containsExactly(
                        "## What it means", "## How to reproduce", "## What does not trigger it", "## How to fix it");
    }

    @Test
    void theIndexNamesEveryPageOnce() {
        List<String> rows = Project.text(page("README"))
                .lines()
                .filter(line -> line.startsWith("| ["))
                .toList();

        assertThat(rows.stream().map(row -> row.replaceFirst("\\| \\[`([^`]+)`\\]\\(([^)]+)\\.md\\) \\|.*", "$1 $2")))
                .containsExactlyInAnyOrderElementsOf(
                        codes().stream().map(code -> code + " " + code).toList());
        assertThat(rows).allMatch(row -> SEVERITIES.stream().anyMatch(row::contains));
    }

    static Set<String> pages() {
        return Project.files("docs/findings/.*\\.md").stream()
                .map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""))
                .filter(name -> !name.equals("README"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Path page(String name) {
        return Project.ROOT.resolve("docs/findings/" + name + ".md");
    }

    private static Set<String> codes() {
        Set<String> codes = composed();
        for (Path file : Project.files("[a-z-]+/src/main/.*\\.java")) {
            LITERAL.matcher(Project.text(file)).results().forEach(found -> codes.add(found.group(1)));
        }
        assertThat(codes).hasSizeGreaterThan(50);
        codes.forEach(FindingCode::new);
        return codes;
    }

    /** The host speaks for every check in what a database can do; only some checks say that a statement was refused. */
    private static Set<String> composed() {
        Set<String> codes = new TreeSet<>();
        for (CheckName check : CheckName.builtIn()) {
            for (DatabaseFailure.Kind kind : DatabaseFailure.Kind.values()) {
                if (kind != DatabaseFailure.Kind.STATEMENT_REFUSED
                        || !Set.of(CheckName.LATENCY, CheckName.LOGS).contains(check)) {
                    codes.add(check + "." + kind.codeSuffix());
                }
            }
        }
        for (ErrorKind kind : ErrorKind.values()) {
            codes.add(CheckName.LOGS + "." + kind.code());
        }
        return codes;
    }
}
