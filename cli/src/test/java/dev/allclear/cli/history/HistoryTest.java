package dev.allclear.cli.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.event.CheckCompleted;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.VerdictReached;
import dev.allclear.model.CheckName;
import dev.allclear.model.CheckReport;
import dev.allclear.model.Cost;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.Decision;
import dev.allclear.model.Outcome;
import dev.allclear.model.Recommendation;
import dev.allclear.model.RunId;
import dev.allclear.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryTest {
    private static final RunId RUN = new RunId("deploy-41");
    private static final DatabaseName SHOP = new DatabaseName("shop");
    private static final DatabaseName BILLING = new DatabaseName("billing");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path directory;

    @Test
    void givesBackTheWholeRun() {
        RunFolder folder = new History(directory).of(RUN, SHOP);

        folder.keepBefore(Optional.of(started(SHOP)), List.of(baseline(SHOP)));
        folder.keepEnd(
                List.of(started(SHOP), completed(), new CheckCompleted(answer()), new VerdictReached(verdict())));

        PastRun past = new History(directory).find(RUN).get(0).read();
        assertThat(past.started()).contains(started(SHOP));
        assertThat(past.baselines()).containsExactly(baseline(SHOP));
        assertThat(past.completed()).contains(completed());
        assertThat(past.reports()).containsExactly(answer());
        assertThat(past.verdict()).contains(verdict());
    }

    @Test
    void keepsRunsOfTwoDatabasesApart_thoughTheyShareAName() {
        History history = new History(directory);

        history.of(RUN, SHOP).keepBefore(Optional.of(started(SHOP)), List.of(baseline(SHOP)));
        history.of(RUN, BILLING).keepBefore(Optional.of(started(BILLING)), List.of());

        assertThat(history.find(RUN)).extracting(RunFolder::database).containsExactly(BILLING, SHOP);
        assertThat(history.of(RUN, SHOP).read().baselines()).hasSize(1);
        assertThat(history.of(RUN, BILLING).read().baselines()).isEmpty();
    }

    @Test
    void keepsNothingOfAnEarlierRunOfTheSameName_whenItBeginsAnew() {
        RunFolder folder = new History(directory).of(RUN, SHOP);
        folder.keepBefore(Optional.of(started(SHOP)), List.of(baseline(SHOP)));
        folder.keepEnd(List.of(started(SHOP), new VerdictReached(verdict())));
        folder.noteAwaited(Set.of(CheckName.STATUS));

        folder.keepBefore(Optional.of(started(SHOP)), List.of());

        assertThat(folder.read().verdict()).isEmpty();
        assertThat(folder.read().baselines()).isEmpty();
        assertThat(folder.awaited()).isEmpty();
    }

    @Test
    void isEmpty_whereNothingWasKept() {
        History history = new History(directory.resolve("nowhere"));

        assertThat(history.find(RUN)).isEmpty();
        assertThat(history.of(RUN, SHOP).awaited()).isEmpty();
    }

    @Test
    void remembersThatNothingWasAwaited_whichIsAnotherThingThanNoNote() {
        RunFolder folder = new History(directory).of(RUN, SHOP);

        folder.noteAwaited(Set.of());

        assertThat(folder.awaited()).contains(Set.of());
        assertThat(new History(directory).find(RUN)).isEmpty();
    }

    @Test
    void namesTheFileAndTheLine_whenSomebodyDamagedIt() throws IOException {
        RunFolder folder = new History(directory).of(RUN, SHOP);
        folder.keepBefore(Optional.of(started(SHOP)), List.of(baseline(SHOP)));
        Path file = folder.directory().resolve("baselines.jsonl");

        Files.writeString(file, Files.readString(file) + "{\"type\": \"half");

        assertThatThrownBy(folder::read)
                .isInstanceOf(UnreadableHistory.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("line 2");
    }

    @Test
    void deletesTheRunsWrittenLongestAgo_beyondItsNumber_andNothingThatIsNotOurs() throws IOException {
        History history = new History(directory, 3, Long.MAX_VALUE);
        for (int i = 1; i <= 5; i++) {
            keep(history, "run-" + i, i);
        }
        Path foreign = history.of(new RunId("run-1"), SHOP).directory().resolve("notes.txt");
        Files.writeString(foreign, "mine");
        Files.setLastModifiedTime(foreign.getParent(), FileTime.from(NOW.plusSeconds(1)));

        history.makeRoomBeside(history.of(new RunId("run-2"), SHOP));

        assertThat(names(directory.resolve("runs"))).containsExactly("run-1", "run-2", "run-4", "run-5");
        assertThat(names(foreign.getParent())).containsExactly("notes.txt");
        assertThat(directory.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void deletesTheRunsWrittenLongestAgo_beyondItsSize() throws IOException {
        History generous = new History(directory);
        for (int i = 1; i <= 4; i++) {
            keep(generous, "run-" + i, i);
        }
        long one = Files.size(generous.of(new RunId("run-1"), SHOP).directory().resolve("events.jsonl"));

        new History(directory, 100, 2 * one).makeRoomBeside(generous.of(RUN, SHOP));

        assertThat(names(directory.resolve("runs"))).containsExactly("run-3", "run-4");
    }

    private static void keep(History history, String run, int age) throws IOException {
        RunFolder folder = history.of(new RunId(run), SHOP);
        folder.keepEnd(List.of(started(SHOP)));
        Files.setLastModifiedTime(folder.directory(), FileTime.from(NOW.plusSeconds(age)));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static MigrationStarted started(DatabaseName database) {
        return new MigrationStarted(RUN, database, NOW, MigrationDescription.NOTHING_SAID);
    }

    private static BaselineCaptured baseline(DatabaseName database) {
        return new BaselineCaptured(
                RUN,
                database,
                CheckName.STATUS,
                BaselineStatus.CAPTURED,
                Optional.empty(),
                NOW,
                Optional.of(NOW),
                Map.of("tables", List.of("public.orders")),
                Optional.of(started(database)));
    }

    private static MigrationCompleted completed() {
        return new MigrationCompleted(
                        RUN,
                        SHOP,
                        NOW.plusSeconds(1),
                        Optional.of(0),
                        Optional.of(MigrationOutcome.SUCCEEDED),
                        Optional.empty(),
                        MigrationDescription.NOTHING_SAID)
                .havingAwaited(Set.of(CheckName.STATUS));
    }

    private static CheckReport answer() {
        return new CheckReport(
                RUN,
                SHOP,
                CheckName.STATUS,
                "1",
                Outcome.PASSED,
                "1 of 1",
                List.of(),
                Map.of(),
                NOW,
                NOW.plusSeconds(2),
                Cost.NONE);
    }

    private static Verdict verdict() {
        return new Verdict(
                RUN,
                SHOP,
                Decision.PASS,
                true,
                2,
                NOW.plusSeconds(3),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Recommendation.KEEP);
    }
}
