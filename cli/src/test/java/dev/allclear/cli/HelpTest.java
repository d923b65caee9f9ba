package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
final class HelpTest {
    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> teachesEveryCommandByAnExampleThatFitsOnAScreen() {
        return AllclearMain.commandLine(new Interruption()).getSubcommands().keySet().stream()
                .filter(name -> !name.equals("help"))
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    CommandLineRun run = CommandLineRun.of(name, "--help");

                    assertThat(run.code()).isZero();
                    assertThat(run.out()).contains("Example").contains("  allclear " + name);
                    assertThat(run.out().lines())
                            .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
                }));
    }

    @Test
    void everyExampleUsesOptionsThatExist() {
        CommandLine all = AllclearMain.commandLine(new Interruption());

        all.getSubcommands().forEach((name, command) -> Stream.of(
                        command.getCommandSpec().usageMessage().footer())
                .filter(line -> line.contains("allclear " + name) || line.contains("allclear publish"))
                .flatMap(line -> Stream.of(line.split("[ |]+")).takeWhile(word -> !word.equals("--")))
                .filter(word -> word.matches("--[a-z-]+"))
                .forEach(word -> assertThat(command.getCommandSpec().optionsMap())
                        .as("of %s", name)
                        .containsKey(word)));
    }

    @Test
    void completesCommandsAndOptionsInBash() throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "skipped: there is no bash here");
        CommandLineRun script = CommandLineRun.of("completion", "bash");
        Path file = Files.writeString(directory.resolve("allclear.bash"), script.out());

        assertThat(completions(file, "allclear", "doc")).isEqualTo("doctor");
        assertThat(completions(file, "allclear", "verify", "--sin")).isEqualTo("--since");
        assertThat(completions(file, "allclear", "run", "--format", "mark")).isEqualTo("markdown");
    }

    @Test
    void completesCommandsAndOptionsInZsh() throws IOException, InterruptedException {
        Path zsh = Path.of("/usr/bin/zsh");
        assumeTrue(Files.isExecutable(zsh), "skipped: there is no " + zsh);
        CommandLineRun script = CommandLineRun.of("completion", "zsh");
        Path file = Files.writeString(directory.resolve("allclear.zsh"), script.out());
        // as bashcompinit calls a bash function, and only where compinit knows of it
        String asked = "autoload -U compinit && compinit -D -u; source " + file
                + "; [[ -n $_comps[allclear] ]] || exit 3; emulate -L sh; setopt kshglob noshglob braceexpand ksh_arrays;"
                + " COMP_WORDS=(allclear run --on-missing-baseline ''); COMP_CWORD=3; COMPREPLY=();"
                + " _complete_allclear; print -r -- \"${COMPREPLY[@]}\"";
        Process run = new ProcessBuilder(zsh.toString(), "-f", "-c", asked)
                .redirectErrorStream(true)
                .start();
        String out = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

        assertThat(run.waitFor()).as(out).isZero();
        assertThat(out).isEqualTo("proceed abort");
    }

    private static String completions(Path script, String... words) throws IOException, InterruptedException {
        Process bash = new ProcessBuilder(
                        "/bin/bash",
                        "-c",
                        "source " + script + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                                + (words.length - 1) + "; _complete_allclear 2>/dev/null; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String out = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(bash.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return out;
    }
}
