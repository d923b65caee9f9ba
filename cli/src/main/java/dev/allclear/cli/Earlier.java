package dev.allclear.cli;

import dev.allclear.cli.history.PastRun;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.model.CheckName;
import dev.allclear.model.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The run whose "before" a verification takes up. Its own verdict stands; the verification is a run of its own, so that it is answered
 * afresh, and can in turn be the one that a later verification takes up.
 */
record Earlier(PastRun run) {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(1);

    /**
     * Its "before" as that of the verification, captured "now" since this is when it becomes durable for it; when it was measured stays in
     * {@code databaseClock}, in the content and in the report.
     */
    List<BaselineCaptured> baselinesFor(RunId verification, MigrationDescription description, Instant now) {
        MigrationStarted started = new MigrationStarted(verification, run.database(), now, description);
        return run.baselines().stream()
                .map(before -> new BaselineCaptured(
                        verification,
                        before.database(),
                        before.check(),
                        before.status(),
                        before.reason(),
                        now,
                        before.databaseClock(),
                        before.content(),
                        Optional.of(started)))
                .toList();
    }

    /** That its command succeeded stays true. That it failed says nothing of what was mended since: then nobody claims anything. */
    Optional<Integer> exitCode() {
        return run.completed().flatMap(MigrationCompleted::exitCode).filter(code -> code == 0);
    }

    /**
     * How long locks were held is a question about the run itself. Where that run was observed and its lock check has passed, that answer
     * stands, and is named in the report as what the verification rests on; everywhere else it stays unproven.
     */
    List<Map<String, Object>> waivers(Instant now) {
        return run.passed(CheckName.LOCKS)
                .filter(passed -> !wasNotRun())
                .map(passed -> {
                    Map<String, Object> waiver = new LinkedHashMap<>();
                    waiver.put("database", run.database().value());
                    waiver.put("code", "locks.not-observed");
                    waiver.put("subject", "the run");
                    waiver.put("by", "run " + run.run());
                    waiver.put("reason", "it passed the lock check: " + shortened(passed.summary()));
                    waiver.put("until", now.plus(AS_LONG_AS_IT_TAKES).toString());
                    return List.of(waiver);
                })
                .orElse(List.of());
    }

    private boolean wasNotRun() {
        return run.completed()
                .flatMap(MigrationCompleted::outcome)
                .filter(MigrationOutcome.NOT_STARTED::equals)
                .isPresent();
    }

    /** As a configured value, in which a dollar sign would be a reference. */
    private static String shortened(String summary) {
        return summary.substring(0, Math.min(200, summary.length())).replace("$", "");
    }
}
