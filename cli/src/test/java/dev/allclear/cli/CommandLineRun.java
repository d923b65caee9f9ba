package dev.allclear.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** One call of {@code allclear} in this process: its exit code and both outputs. Needs the standard streams for itself. */
record CommandLineRun(int code, String out, String err) {
    static CommandLineRun of(List<String> arguments) {
        return of(arguments.toArray(String[]::new));
    }

    static CommandLineRun of(String... arguments) {
        PrintStream outBefore = System.out;
        PrintStream errBefore = System.err;
        ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
        ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
        int code;
        try (PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
                PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8)) {
            System.setOut(out);
            System.setErr(err);
            CommandLine line = AllclearMain.commandLine(new Interruption());
            line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
            code = line.execute(arguments);
        } finally {
            System.setOut(outBefore);
            System.setErr(errBefore);
        }
        return new CommandLineRun(
                code, outBytes.toString(StandardCharsets.UTF_8), errBytes.toString(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "exit code " + code + "\n--- standard output\n" + out + "\n--- standard error\n" + err;
    }
}
