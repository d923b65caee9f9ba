package dev.allclear.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a first configuration, with the schema by which an editor completes and checks it. */
@Command(
        name = "init",
        description = "Write a commented allclear.yaml to begin with.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  allclear init && allclear doctor",
            "  PGHOST=db PGUSER=allclear PGDATABASE=shop allclear init",
            "",
            "Filled from DATABASE_URL or PGHOST, PGPORT, PGUSER, PGDATABASE where these are",
            "set; a password is referred to and never written. The JSON Schema for editors",
            "goes to .allclear/ beside it.",
            "Exit codes: 0 written, 2 there is one already (--force replaces it)."
        })
final class InitCommand implements Callable<Integer> {
    private static final String SCHEMA = ".allclear/allclear.schema.json";

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "Where to (default ${DEFAULT-VALUE}).")
    private Path file = Path.of("allclear.yaml");

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Override
    public Integer call() {
        if (Files.exists(file) && !force) {
            throw new UsageError(file + " is there already; --force replaces it");
        }
        Path schema = file.resolveSibling(SCHEMA);
        try {
            Files.createDirectories(schema.toAbsolutePath().getParent());
            Files.writeString(schema, InitTemplate.schema());
            Files.writeString(file, new InitTemplate(System.getenv()).yaml(SCHEMA));
        } catch (IOException unwritable) {
            throw new UsageError(file + " cannot be written: " + unwritable.getMessage());
        }
        System.out.println("Written: " + file + ". Then: allclear doctor"
                + (file.equals(Path.of("allclear.yaml")) ? "" : " --config " + file));
        return ExitCode.PASS;
    }
}
