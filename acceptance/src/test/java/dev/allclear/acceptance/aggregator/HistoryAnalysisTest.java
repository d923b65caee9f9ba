package dev.allclear.acceptance.aggregator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the analysis finds what is planted in a history, and nothing in a clean one. */
final class HistoryAnalysisTest {
    private final List<Fact> clean = List.of(
            new Fact.Planned("a", "shop", "PASS", 0),
            new Fact.Planned("b", "shop", "FAIL", 0),
            new Fact.Planned("c", "shop", "INCONCLUSIVE", 30_000),
            published("a", "completed", 1_000),
            published("a", "status", 2_000),
            published("b", "completed", 1_000),
            published("b", "status", 100_000),
            published("c", "completed", 200_000),
            new Fact.Published("poison-1", "poison", 10, 12),
            verdict("a", 1, "PASS", true, 2_010, "v-0@1", "x"),
            verdict("b", 1, "FAIL", false, 1_500, "v-0@3", "y"),
            verdict("b", 2, "FAIL", true, 109_000, "v-0@5", "z"),
            verdict("c", 1, "INCONCLUSIVE", true, 230_250, "v-0@7", "w"),
            new Fact.AlertSeen("shop/b/fail", "b", true, 1_500, "a-0@1"),
            new Fact.AlertSeen("shop/c/inconclusive", "c", true, 230_250, "a-0@3"),
            new Fact.DeadSeen("poison-1", "poison", 20, "d-0@1"),
            new Fact.Fault("kill", 99_000, 99_500),
            new Fact.Reread("v-0@1"),
            new Fact.Reread("v-0@3"),
            new Fact.Reread("v-0@5"),
            new Fact.Reread("v-0@7"),
            new Fact.Reread("a-0@1"),
            new Fact.Reread("a-0@3"),
            new Fact.Reread("d-0@1"));

    @Test
    void findsNothingInACleanHistory() {
        HistoryAnalysis analysis = HistoryAnalysis.of(clean);

        assertThat(analysis.complaints()).isEmpty();
        assertThat(analysis.isClean()).isTrue();
        assertThat(analysis.runs()).isEqualTo(3);
    }

    @Test
    void findsAMissingVerdict() {
        assertThat(without(1, "v-0@1"))
                .containsOnlyKeys("missing")
                .containsEntry("missing", List.of("a has no final verdict"));
    }

    @Test
    void findsASkippedRevision() {
        assertThat(without(1, "v-0@3").get("missing")).containsExactly("b has revisions [2] only");
    }

    @Test
    void findsADuplicate() {
        assertThat(with(verdict("a", 1, "PASS", true, 2_500, "v-0@9", "x"), new Fact.Reread("v-0@9")))
                .containsOnlyKeys("duplicates")
                .containsEntry("duplicates", List.of("a revision 1 at v-0@1 and v-0@9"));
    }

    @Test
    void findsOneRevisionThatSaysTwoThings() {
        assertThat(with(verdict("a", 1, "PASS", true, 2_500, "v-0@9", "other"), new Fact.Reread("v-0@9")))
                .containsOnlyKeys("conflicting")
                .containsEntry("conflicting", List.of("a revision 1 is said differently at v-0@1 and v-0@9"));
    }

    @Test
    void findsTwoFinalVerdicts() {
        assertThat(with(verdict("c", 2, "PASS", true, 240_000, "v-0@9", "p"), new Fact.Reread("v-0@9")))
                .containsOnlyKeys("conflicting", "wrong")
                .containsEntry("conflicting", List.of("c has 2 final verdicts: [INCONCLUSIVE, PASS]"));
    }

    @Test
    void findsADecisionThatTheOracleContradicts_andTheAlertsThatFollow() {
        List<Fact> facts = new ArrayList<>(clean);
        facts.set(0, new Fact.Planned("a", "shop", "FAIL", 0));

        Map<String, List<String>> complaints = HistoryAnalysis.of(facts).complaints();

        assertThat(complaints.get("wrong")).containsExactly("a is PASS instead of FAIL");
        assertThat(complaints.get("alerts")).containsExactly("firing shop/a/fail is missing");
    }

    @Test
    void findsADoubledAlert_aLostDeadLetter_andWhatOnlyOneReaderSaw() {
        assertThat(with(new Fact.AlertSeen("shop/b/fail", "b", true, 1_600, "a-0@9"), new Fact.Reread("a-0@9")))
                .containsEntry("alerts", List.of("firing shop/b/fail is there 1 times too often"));
        assertThat(with(new Fact.Published("poison-2", "poison", 10, 12)))
                .containsEntry("dead letters", List.of("poison-2 is missing"));
        assertThat(with(new Fact.Reread("v-0@11"))).containsEntry("reread", List.of("v-0@11 is missing"));
    }

    @Test
    void tellsWhatAFaultCostFromWhatWasSlowByItself() {
        HistoryTimes times = HistoryTimes.of(clean);

        assertThat(times.undisturbed()).containsExactly(10L);
        assertThat(times.takeovers()).containsEntry("kill", List.of(9_000L));
        assertThat(times.overshoots()).containsExactly(250L);
        assertThat(times.disturbedOvershoots()).isEmpty();
    }

    @Test
    void putsNothingDownToAFault_afterWhichNobodyWasLeftToTakeOver() {
        List<Fact> facts = new ArrayList<>(clean);
        facts.add(new Fact.Fault("blackout", 105_000, 145_000));

        assertThat(HistoryTimes.of(facts).takeovers()).isEmpty();
    }

    @Test
    void knowsPercentiles() {
        List<Long> values = new ArrayList<>();
        for (long value = 100; value > 0; value--) {
            values.add(value);
        }

        assertThat(HistoryTimes.percentile(values, 0.5)).isEqualTo(50);
        assertThat(HistoryTimes.percentile(values, 0.99)).isEqualTo(99);
        assertThat(HistoryTimes.percentile(List.of(), 0.5)).isZero();
    }

    @Test
    void readsAHistoryBackAsItWasWritten(@TempDir Path folder) {
        try (History history = new History(folder.resolve("history.ndjson"))) {
            clean.forEach(history::note);
        }

        assertThat(History.read(folder.resolve("history.ndjson"))).isEqualTo(clean);
    }

    private Map<String, List<String>> with(Fact... more) {
        List<Fact> facts = new ArrayList<>(clean);
        facts.addAll(List.of(more));
        return HistoryAnalysis.of(facts).complaints();
    }

    private Map<String, List<String>> without(int expected, String place) {
        List<Fact> facts = new ArrayList<>(clean);
        facts.remove(new Fact.Reread(place));
        facts.removeIf(
                fact -> fact instanceof Fact.VerdictSeen seen && seen.place().equals(place));
        assertThat(clean.size() - facts.size()).isEqualTo(1 + expected);
        return HistoryAnalysis.of(facts).complaints();
    }

    private static Fact published(String run, String what, long acknowledged) {
        return new Fact.Published(run, what, acknowledged - 2, acknowledged);
    }

    private static Fact verdict(
            String run, int revision, String decision, boolean last, long seen, String place, String digest) {
        return new Fact.VerdictSeen(run, revision, decision, last, seen - 5, seen, place, digest);
    }
}
