package dev.allclear.acceptance.locks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.acceptance.docs.Project;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Severity;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the findings' pages say about how to reproduce them is run, and gives the finding. */
final class LockFindingScriptsTest {
    private static final Pattern SCRIPT =
            Pattern.compile("## How to reproduce\\n(?:(?!## )(?!```).*\\n)*```sql\\n((?:(?!```).*\\n)*)```");
    private static final Pattern SEVERITY = Pattern.compile("Severity: \\*\\*([A-Z]+)\\*\\*");
    private static Shop shop;

    @BeforeAll
    static void start() throws Exception {
        shop = new Shop("{settle: 500ms}");
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @ParameterizedTest
    @MethodSource("withScript")
    void givesTheFinding(String code) throws Exception {
        String page = page(code);
        List<String> lines = script(page).lines().map(String::strip).toList();

        CheckReport report;
        try (Script script = new Script(shop, code)) {
            report = script.run(lines);
        }

        Matcher severity = SEVERITY.matcher(page);
        assertThat(severity.find()).isTrue();
        assertThat(report.findings()).as("%s", report).anySatisfy(finding -> {
            assertThat(finding.code().value()).isEqualTo(code);
            assertThat(finding.severity()).isEqualTo(Severity.valueOf(severity.group(1)));
        });
    }

    @Test
    void onlyWhatSqlCannotMakeHasNoScript() {
        assertThat(codes().filter(code -> script(page(code)).isEmpty()))
                .containsExactlyInAnyOrder("locks.budget-exhausted", "locks.statement-refused");
    }

    static Stream<String> withScript() {
        return codes().filter(code -> !script(page(code)).isEmpty());
    }

    private static Stream<String> codes() {
        return Project.files("docs/findings/locks\\..*\\.md").stream()
                .map(file -> file.getFileName().toString().replaceFirst("\\.md$", ""));
    }

    private static String page(String code) {
        return Project.text(Project.ROOT.resolve("docs/findings/" + code + ".md"));
    }

    private static String script(String page) {
        Matcher script = SCRIPT.matcher(page);
        return script.find() ? script.group(1) : "";
    }
}
