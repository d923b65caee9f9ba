package dev.allclear.cli;

import dev.allclear.cli.conformance.ConformanceCommand;
import dev.allclear.cli.demo.DemoCommand;
import dev.allclear.cli.history.UnreadableHistory;
import dev.allclear.cli.newchecker.NewCheckerCommand;
import dev.allclear.config.InvalidConfiguration;
import dev.allclear.kafka.KafkaFailure;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code allclear} command. */
@Command(
        name = "allclear",
        description = "Post-migration verification for PostgreSQL: did the migration really work?",
        mixinStandardHelpOptions = true,
        version = "allclear 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            PublishCommand.class,
            VerifyCommand.class,
            BaselineCommand.class,
            WaitCommand.class,
            WatchCommand.class,
            ReportCommand.class,
            ScanCommand.class,
            ServeCommand.class,
            DoctorCommand.class,
            NewCheckerCommand.class,
            ConformanceCommand.class,
            InitCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 PASS, 1 FAIL, 2 usage or configuration error, 3 INCONCLUSIVE.",
            "Try `allclear demo`; then `allclear run --database NAME -- COMMAND`."
        })
public final class AllclearMain {
    private static final String LOG_LEVEL = "ALLCLEAR_LOG";

    private AllclearMain() {}

    public static void main(String[] args) {
        boolean serves = args.length > 0 && args[0].equals("serve");
        if (!serves && System.getenv(LOG_LEVEL) == null) {
            System.setProperty(LOG_LEVEL, "ERROR");
            System.setProperty("ALLCLEAR_KAFKA_LOG", "ERROR");
        }
        Interruption interruption = Interruption.ofThisThread();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> uncaught(thread, failure, interruption));
        if (serves) {
            interruption.workIsOver(); // its host ends the services by itself, and the process too
        }
        int code = ExitCode.INCONCLUSIVE;
        try {
            code = commandLine(interruption).execute(args);
        } finally {
            interruption.workIsOver();
            // whatever happened, threads of ours must not keep the command alive
            System.exit(code);
        }
    }

    static CommandLine commandLine(Interruption interruption) {
        CommandLine line = new CommandLine(new AllclearMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExpandAtFiles(false)
                .setParameterExceptionHandler((mistake, args) -> explain(mistake))
                .setExecutionExceptionHandler((failure, command, parsed) -> explain(failure, interruption));
        // behind its first word, or behind --, a wrapped command's arguments are its own
        Objects.requireNonNull(line.getSubcommands().get("run")).setStopAtPositional(true);
        return line;
    }

    /** The mistake and where help is; the whole usage only where no command was named. */
    private static int explain(ParameterException mistake) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        // a misspelt option shows first as the required one that is missing
        List<String> unknown = command.getUnmatchedArguments();
        ParameterException cause = mistake instanceof MissingParameterException && !unknown.isEmpty()
                ? new UnmatchedArgumentException(command, unknown)
                : mistake;
        err.println("allclear: " + cause.getMessage());
        UnmatchedArgumentException.printSuggestions(cause, err);
        if (command.getParent() == null) {
            command.usage(err);
        } else {
            err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
        }
        err.flush();
        return ExitCode.USAGE;
    }

    /** Expected failures are sentences; anything else is a defect of ours, which is said with its kind but without a stack trace. */
    private static int explain(Exception failure, Interruption interruption) {
        if (interruption.hasBegun()) {
            System.err.println("allclear: ended before there was a verdict; nothing is proven");
            trace(failure);
            return ExitCode.INCONCLUSIVE;
        }
        if (failure instanceof UsageError
                || failure instanceof InvalidConfiguration
                || failure instanceof UnreadableHistory) {
            System.err.println("allclear: " + failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof Unanswered
                || failure instanceof KafkaFailure
                || failure instanceof UncheckedIOException) {
            System.err.println("allclear: " + failure.getMessage() + "; nothing is proven: INCONCLUSIVE");
            return ExitCode.INCONCLUSIVE;
        }
        System.err.println("allclear: unexpected " + failure
                + "; nothing is proven: INCONCLUSIVE (ALLCLEAR_LOG=DEBUG shows more)");
        trace(failure);
        return ExitCode.INCONCLUSIVE;
    }

    /** Work that finds its event loop closed already is no news at the end of a command. */
    private static void uncaught(Thread thread, Throwable failure, Interruption interruption) {
        if (!interruption.hasBegun() && !(failure instanceof RejectedExecutionException)) {
            System.err.println("allclear: unexpected " + failure + " in " + thread.getName());
        }
        trace(failure);
    }

    private static void trace(Throwable failure) {
        if (System.getenv(LOG_LEVEL) != null) {
            failure.printStackTrace();
        }
    }
}
