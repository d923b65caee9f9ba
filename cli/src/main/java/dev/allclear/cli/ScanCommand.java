package dev.allclear.cli;

import dev.allclear.codec.Json;
import dev.allclear.log.DatabaseError;
import dev.allclear.log.LogClassifier;
import dev.allclear.log.LogForm;
import dev.allclear.log.LogScan;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Finds database errors in logs at hand, with the log scanner's own engine; no configuration, no database. */
@Command(
        name = "scan",
        description = "Find PostgreSQL errors in logs, offline.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  allclear scan /var/log/shop/app.log",
            "  kubectl logs deploy/shop | allclear scan --format ndjson -",
            "",
            "Exit codes: 0 no errors found, 1 some found, 2 usage, 3 a log could not be read."
        })
final class ScanCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    /** How findings are printed. */
    enum Format {
        TEXT,
        NDJSON
    }

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Logs, also packed with gzip; - is standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "text|ndjson",
            description = "text: a line for people. ndjson: one JSON object a finding.")
    private Format format = Format.TEXT;

    private final PrintStream out;
    private long found;

    ScanCommand() {
        this(new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8));
    }

    ScanCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        boolean unread = false;
        LogScan scan = new LogScan(new LogClassifier());
        for (String file : files) {
            try {
                read(scan, file);
            } catch (IOException unreadable) {
                unread = true;
                System.err.println("allclear: " + file + ": cannot be read: " + reason(unreadable));
            }
            // what a file showed is out before the next is read
            out.flush();
        }
        return unread ? ExitCode.INCONCLUSIVE : found > 0 ? ExitCode.FAIL : ExitCode.PASS;
    }

    private void read(LogScan scan, String file) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            // each finding as it comes, since a stream may go on for long
            read(scan, System.in, finding -> {
                print(file, finding);
                out.flush();
            });
        } else if (Files.isRegularFile(Path.of(file))) {
            try (FileChannel log = FileChannel.open(Path.of(file))) {
                if (LogForm.of(log) == LogForm.TEXT) {
                    scan.read(log, finding -> print(file, finding));
                } else {
                    read(scan, Channels.newInputStream(log), finding -> print(file, finding));
                }
            }
        } else {
            // a pipe, or what is not there
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                read(scan, in, finding -> print(file, finding));
            }
        }
    }

    private static void read(LogScan scan, InputStream in, Consumer<LogScan.Found> sink) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(in, LogForm.LONGEST);
        byte[] head = new byte[LogForm.LONGEST];
        int length = whole.readNBytes(head, 0, head.length);
        whole.unread(head, 0, length);
        LogForm form = LogForm.of(head, length);
        switch (form) {
            case TEXT -> scan.read(whole, sink);
            case GZIP -> scan.read(new GZIPInputStream(whole), sink);
            default -> throw new IOException("it is " + form.words());
        }
    }

    private void print(String file, LogScan.Found finding) {
        found++;
        DatabaseError error = finding.error();
        String code = "logs." + error.kind().code();
        if (format == Format.NDJSON) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("file", file);
            object.put("line", finding.line());
            object.put("code", code);
            object.put("sqlstate", error.sqlState().orElse(""));
            object.put("object", error.object());
            object.put("fingerprint", error.fingerprint());
            object.put("text", error.message());
            out.print(Json.write(object) + "\n");
        } else {
            out.print(file + ":" + finding.line() + ": " + code
                    + (error.object().isEmpty() ? "" : " " + error.object())
                    + error.sqlState().map(state -> " [" + state + "]").orElse("") + ": " + error.message() + "\n");
        }
    }

    private static String reason(IOException unreadable) {
        return unreadable instanceof NoSuchFileException ? "no such file" : String.valueOf(unreadable.getMessage());
    }
}
