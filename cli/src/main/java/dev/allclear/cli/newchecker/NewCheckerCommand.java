package dev.allclear.cli.newchecker;

import dev.allclear.cli.UsageError;
import dev.allclear.model.CheckName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a check of one's own to begin with: it compiles, passes its tests and takes part in the demonstration. */
@Command(
        name = "new-checker",
        description = "Make a module with a check of your own: code, findings' pages, SQL and tests.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example:",
            "  allclear new-checker acme.naming",
            "",
            "The check runs in `allclear run`, `serve` and `demo` from then on; docs/custom-checks.md goes on from there."
        })
public final class NewCheckerCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TEAM.CHECK", description = "Its name, such as acme.naming.")
    private String name = "";

    @Option(names = "--root", paramLabel = "DIR", description = "Allclear's sources (default: those of this command).")
    private Path root = Path.of(System.getProperty("allclear.root", "."));

    @Override
    public Integer call() throws IOException {
        CheckName check;
        try {
            check = new CheckName(name);
        } catch (IllegalArgumentException wrong) {
            throw new UsageError(String.valueOf(wrong.getMessage()));
        }
        if (CheckName.builtIn().contains(check)) {
            throw new UsageError(
                    check + " is a built-in check; a team's own is called team.check, such as acme.naming");
        }
        if (!Files.isRegularFile(root.resolve("cli/pom.xml"))) {
            throw new UsageError(root.toAbsolutePath() + " does not hold Allclear's sources; name them with --root");
        }
        Skeleton skeleton = new Skeleton(root, check);
        if (Files.exists(skeleton.folder())) {
            throw new UsageError(skeleton.folder() + " is there already");
        }
        skeleton.write().forEach(file -> System.out.println("  " + root.relativize(file)));
        System.out.println("The check " + check + " is made. See it pass, then see it find something:");
        System.out.println("  mvn -q -Dquick -pl " + skeleton.folder().getFileName() + " -am test");
        System.out.println("  ./allclear demo --exit");
        return 0;
    }
}
