package dev.allclear.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script by which a shell completes the command's words. */
@Command(
        name = "completion",
        description = "Print the script by which bash or zsh completes commands and options.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  source <(allclear completion bash)          # this shell",
            "  allclear completion bash > /etc/bash_completion.d/allclear",
            "  source <(allclear completion zsh)           # in ~/.zshrc, after compinit"
        })
final class CompletionCommand implements Callable<Integer> {
    /** The shells. */
    enum Shell {
        bash,
        zsh
    }

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.bash;

    @Override
    public Integer call() {
        if (shell == Shell.zsh) {
            System.out.println("autoload -U +X bashcompinit && bashcompinit");
        }
        System.out.println(AutoComplete.bash("allclear", spec.root().commandLine()));
        return ExitCode.PASS;
    }
}
