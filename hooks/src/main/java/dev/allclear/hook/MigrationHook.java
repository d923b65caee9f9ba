package dev.allclear.hook;

import dev.allclear.event.MigrationCompleted;
import dev.allclear.event.MigrationDescription;
import dev.allclear.event.MigrationOutcome;
import dev.allclear.event.MigrationStarted;
import dev.allclear.event.SessionHints;
import dev.allclear.hook.Announcer.Unreachable;
import dev.allclear.hook.Announcer.Waited;
import dev.allclear.hook.config.HookSettings;
import dev.allclear.model.CheckName;
import dev.allclear.model.RunId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One migration's announcements, from its beginning to its end. Not thread-safe: a tool calls its callbacks in turn. What goes wrong
 * is logged and forgotten, unless {@link HookSettings#isRequired()}: then it is thrown.
 */
public final class MigrationHook {
    private static final int LONGEST_OUTPUT = 8_000;

    private final HookSettings settings;
    private final Announcer announcer;
    private final String tool;
    private final Clock clock;
    private final HookLog log;
    private final RunId run;
    private MigrationDescription description = MigrationDescription.NOTHING_SAID;
    private Set<CheckName> awaited = Set.of();

    private MigrationHook(HookSettings settings, Announcer announcer, String tool, Clock clock, HookLog log) {
        this.settings = settings;
        this.tool = tool;
        this.announcer = announcer;
        this.clock = clock;
        this.log = log;
        this.run = settings.run().orElseGet(() -> new RunId(UUID.randomUUID().toString()));
    }

    /**
     * Reads the settings and opens the way to Allclear; empty where the hook has nothing to do, or not enough to do it.
     *
     * @param tool as {@code --tool} names it
     */
    public static Optional<MigrationHook> open(String tool, Map<String, String> variables, Clock clock, HookLog log) {
        try {
            return OwnClasses.first(() -> HookSettings.read(variables)
                    .map(settings -> new MigrationHook(settings, announcer(settings, tool), tool, clock, log)));
        } catch (RuntimeException | LinkageError wrong) {
            if (HookSettings.isRequired(variables)) {
                throw wrong;
            }
            log.warn("Allclear is not told of this migration: " + reason(wrong));
            return Optional.empty();
        }
    }

    /** A mistake in the settings says all in its message; what a class cannot be loaded for does not. */
    private static String reason(Throwable wrong) {
        Throwable cause =
                wrong instanceof ExceptionInInitializerError && wrong.getCause() != null ? wrong.getCause() : wrong;
        return cause instanceof RuntimeException && cause.getMessage() != null ? cause.getMessage() : cause.toString();
    }

    private static Announcer announcer(HookSettings settings, String tool) {
        return settings.console()
                .<Announcer>map(console -> new HttpAnnouncer(console, settings))
                .orElseGet(() -> new KafkaAnnouncer(settings.kafka().orElseThrow(), "allclear-hook/" + tool, settings));
    }

    /**
     * Announces the migration and holds it up until "before" is measured, as long as the settings allow.
     *
     * @param targets versions that should be there afterwards, in the tool's language
     * @param pids server processes of the tool's own sessions
     */
    public void begin(List<String> targets, List<Integer> pids) {
        description = describe(targets, pids);
        OwnClasses.first(this::announce);
    }

    private void announce() {
        try {
            Waited waited =
                    announcer.started(new MigrationStarted(run, settings.database(), clock.instant(), description));
            awaited = waited.captured();
            log.info("Allclear watches this migration as run " + run + " on " + settings.database());
            if (!waited.missing().isEmpty()) {
                log.warn("Allclear has no \"before\" of " + waited.missing() + ": what needs it will be unproven");
            }
        } catch (Unreachable away) {
            failed("this migration could not be announced to Allclear: " + away.getMessage());
        }
    }

    private MigrationDescription describe(List<String> targets, List<Integer> pids) {
        return new MigrationDescription(
                Optional.of(tool),
                targets,
                List.of(),
                Optional.empty(),
                settings.reversible(),
                settings.application(),
                List.of(),
                List.of(),
                new SessionHints(Optional.empty(), List.of(), pids),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /**
     * Says how it ended.
     *
     * @param attempted versions that were applied or failed; empty means those that {@link #begin} named
     * @param output the error, or whatever else the tool has to say; may be empty
     */
    public void end(boolean succeeded, List<String> attempted, String output) {
        OwnClasses.first(() -> conclude(succeeded, attempted, output));
    }

    private void conclude(boolean succeeded, List<String> attempted, String output) {
        try {
            announcer.completed(new MigrationCompleted(
                    run,
                    settings.database(),
                    clock.instant(),
                    Optional.empty(),
                    Optional.of(succeeded ? MigrationOutcome.SUCCEEDED : MigrationOutcome.FAILED),
                    Optional.of(last(output)).filter(text -> !text.isBlank()),
                    attempted.isEmpty()
                            ? description
                            : describe(attempted, description.sessions().pids()),
                    Optional.of(awaited)));
            log.info("Allclear examines what run " + run + " left behind");
        } catch (Unreachable away) {
            failed("Allclear could not be told that this migration is over: " + away.getMessage());
        } finally {
            announcer.close();
        }
    }

    /** An error stands at the end of what a tool says. */
    private static String last(String output) {
        return output.length() <= LONGEST_OUTPUT ? output : "…" + output.substring(output.length() - LONGEST_OUTPUT);
    }

    private void failed(String what) {
        if (settings.isRequired()) {
            announcer.close();
            throw new IllegalStateException(what + " (ALLCLEAR_REQUIRED=true)");
        }
        log.warn(what);
    }
}
