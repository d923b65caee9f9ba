package dev.allclear.acceptance.docs;

import dev.allclear.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A newcomer's session: the readme's blocks in order on a clean clone, each held against what the readme says of it. The demo gets
 * {@code --exit}; {@code mvn verify} is what runs this project's tests and is only looked for; the migration of one's own gets a
 * database, a log and a {@code flyway} to work with. Runs for minutes: {@code ./allclear-bench readme}.
 */
public final class ReadmeSession {
    private static final String DEMO = "./allclear demo";
    private static final String VERIFY = "mvn verify";
    private static final String OWN = "cat > allclear.yaml";

    private final Path clone;
    private final List<String> faults = new ArrayList<>();

    private ReadmeSession(Path clone) {
        this.clone = clone;
    }

    static boolean isKnown(String block) {
        return block.equals(DEMO) || block.equals(VERIFY) || block.startsWith(OWN);
    }

    public static void main(String[] args) throws Exception {
        Path clone = Files.createTempDirectory("allclear-readme").resolve("clone");
        ReadmeSession session = new ReadmeSession(clone);
        run(Project.ROOT, Map.of(), "git clone -q --no-hardlinks . " + clone);
        for (String block : ReadmeBlocks.of(clone.resolve("README.md"))) {
            session.block(block);
        }
        System.out.println(session.faults.isEmpty() ? "the readme keeps its word" : "WRONG: " + session.faults);
        System.exit(session.faults.isEmpty() ? 0 : 1);
    }

    private void block(String block) throws Exception {
        System.out.println("$ " + block);
        if (block.equals(DEMO)) {
            demo();
        } else if (block.equals(VERIFY)) {
            expect(run(clone, Map.of(), "mvn -v").code() == 0, "mvn is there (the tests themselves run elsewhere)");
        } else if (block.startsWith(OWN)) {
            ownMigration(block);
        } else {
            expect(false, "a block that this session does not know: " + block);
        }
    }

    private void demo() throws Exception {
        Ended demo = run(clone, Map.of(), DEMO + " --exit");
        expect(demo.code() == 0, "the demo ends well");
        expect(demo.output().contains("the good migration: PASS"), "a good migration passes");
        expect(demo.output().contains("the bad migration, exit code 0: FAIL"), "a bad one that exits 0 fails");
        for (String check : List.of("status", "latency", "locks", "rows", "logs")) {
            expect(demo.output().contains("caught by " + check), "it is caught by " + check);
        }
        for (String run : List.of("good", "bad")) {
            expect(
                    Files.exists(clone.resolve("allclear-report/" + run + "/report.html")),
                    "there is a report of the " + run + " one");
        }
    }

    /** The readme's addresses are replaced by those of what is there; everything else is as it stands. */
    private void ownMigration(String block) throws Exception {
        try (EmbeddedDatabase server = EmbeddedDatabase.start()) {
            try (Connection connection = server.connect("postgres");
                    Statement statement = connection.createStatement()) {
                statement.execute("create role allclear login");
                statement.execute("grant pg_monitor, pg_read_all_data to allclear");
                statement.execute("create database shop");
            }
            Files.createDirectories(clone.resolve("migrations"));
            Files.writeString(clone.resolve("migrations/V1__orders.sql"), """
                    create table orders (id bigserial primary key, customer_id int, total numeric);
                    insert into orders (customer_id, total) select g % 100, g from generate_series(1, 5000) g;
                    create index on orders (customer_id);
                    analyze orders;
                    """);
            Path log = Files.writeString(clone.resolve("shop.log"), "");
            Path bin = Files.createDirectories(clone.resolve("bin"));
            Files.writeString(
                    bin.resolve("flyway"),
                    "#!/bin/sh\nexec java -Dlogback.configurationFile=dev/allclear/cli/demo/deploy-logback.xml -cp '"
                            + clone + "/cli/target/cli.jar' "
                            + "dev.allclear.cli.demo.DeployTool '" + server.jdbcUrl("postgres", "shop")
                            + "' filesystem:migrations\n");
            expect(bin.resolve("flyway").toFile().setExecutable(true), "flyway can be run");
            Map<String, String> path = Map.of("PATH", bin + ":" + System.getenv("PATH"));
            expect(run(clone, path, "flyway migrate").code() == 0, "the shop is there");
            Files.writeString(
                    clone.resolve("migrations/V2__currency.sql"), "alter table orders add column currency text;\n");
            String own = block.replace("localhost:5432", "localhost:" + server.port())
                    .replace("/var/log/shop/*.log", log.toString());
            expect(!own.equals(block), "the readme's addresses were replaced");

            AtomicBoolean isOpen = new AtomicBoolean(true);
            Thread shop = new Thread(() -> serve(log, isOpen));
            shop.start();
            Ended ended = run(clone, path, own);
            isOpen.set(false);
            shop.join();

            expect(ended.code() == 0, "a migration that worked passes: exit code " + ended.code());
            expect(ended.output().contains("Successfully applied 1 migration"), "flyway's own output is shown");
            for (String file : List.of("report.html", "report.md", "report.json", "report.junit.xml")) {
                expect(Files.exists(clone.resolve("out").resolve(file)), "out/" + file + " is there");
            }
        }
    }

    /** The application: it serves, and says so. */
    private static void serve(Path log, AtomicBoolean isOpen) {
        while (isOpen.get()) {
            try {
                Files.writeString(
                        log, Clock.systemUTC().instant() + " INFO served /orders\n", StandardOpenOption.APPEND);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        }
    }

    private void expect(boolean isSo, String what) {
        System.out.println((isSo ? "OK     " : "WRONG  ") + what);
        if (!isSo) {
            faults.add(what);
        }
    }

    private record Ended(int code, String output) {}

    private static Ended run(Path directory, Map<String, String> environment, String script)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("allclear-readme", ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(20, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        System.out.println(printed.lines()
                .skip(Math.max(0, printed.lines().count() - 12))
                .map(line -> "  | " + line)
                .reduce("", (a, b) -> a + b + "\n"));
        return new Ended(process.isAlive() ? -1 : process.exitValue(), printed);
    }
}
