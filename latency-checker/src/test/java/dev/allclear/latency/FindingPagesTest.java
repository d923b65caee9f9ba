package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.check.Baseline;
import dev.allclear.model.CheckReport;
import dev.allclear.testkit.FindingPage;
import dev.allclear.testkit.FindingPage.Script;
import dev.allclear.testkit.PostgresExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages under {@code docs/findings} say happens: each page's own scripts on a real server, and the remedy printed for them. */
final class FindingPagesTest {
    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    static Stream<FindingPage> pages() {
        return FindingPage.allOf("latency");
    }

    static Stream<FindingPage> pagesWithScripts() {
        return pages().filter(page -> !page.needsMoreThanSql());
    }

    @AfterEach
    void emptyTheDatabase() {
        postgres.execute("drop schema public cascade", "create schema public", "create extension pg_stat_statements");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasItsScripts_orSaysThatMoreThanSqlIsNeeded(FindingPage page) {
        boolean hasAll = page.scripts().keySet().containsAll(List.of("before", "bad", "good"))
                && page.configuration().startsWith("latency:");

        assertThat(hasAll).isNotEqualTo(page.needsMoreThanSql());
    }

    @ParameterizedTest
    @MethodSource("pagesWithScripts")
    void isFound_afterTheBadScript_untilTheRemedyWasPasted(FindingPage page) {
        LatencyScene scene = prepared(page);
        Baseline baseline = scene.before();
        run(page, "bad");

        CheckReport report = scene.after(baseline);

        assertThat(codes(report)).contains(page.code());
        String[] remedies = report.findings().stream()
                .flatMap(finding -> finding.remedy().stream())
                .flatMap(remedy -> new Script("", remedy).statements().stream())
                .distinct()
                .toArray(String[]::new);
        if (remedies.length > 0) {
            postgres.execute(remedies);
            assertThat(codes(scene.after(baseline))).doesNotContain(page.code());
        }
    }

    @ParameterizedTest
    @MethodSource("pagesWithScripts")
    void isNotFound_afterTheGoodScript(FindingPage page) {
        LatencyScene scene = prepared(page);
        Baseline baseline = scene.before();
        run(page, "good");

        assertThat(codes(scene.after(baseline))).doesNotContain(page.code());
    }

    private static LatencyScene prepared(FindingPage page) {
        run(page, "before");
        return new LatencyScene(postgres, page.configuration());
    }

    private static void run(FindingPage page, String script) {
        postgres.execute(page.scripts().get(script).statements().toArray(String[]::new));
    }

    private static List<String> codes(CheckReport report) {
        return report.findings().stream().map(finding -> finding.code().value()).toList();
    }
}
