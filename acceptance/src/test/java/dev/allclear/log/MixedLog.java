package dev.allclear.log;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes a log as several services of a shop would, with an error in about every thousandth line. The same for the same seed. */
final class MixedLog {
    private static final String[] WORDS = {
        "order", "customer", "served", "request", "connection", "payment", "accepted", "queue", "worker", "session",
        "timeout", "retry", "column", "export", "finished", "cache", "relation", "exists", "updated", "stock"
    };
    private static final String[] ERRORS = {
        "ERROR:  column \"total\" does not exist at character 8",
        "org.postgresql.util.PSQLException: ERROR: relation \"carts\" does not exist",
        "psycopg2.errors.UniqueViolation: duplicate key value violates unique constraint \"customers_email_key\"",
        "pq: null value in column \"currency\" of relation \"orders\" violates not-null constraint",
        "ERROR: canceling statement due to lock timeout (SQLSTATE 55P03)",
        "PG::InsufficientPrivilege: ERROR:  permission denied for table orders",
        "ERROR: cached plan must not change result type",
        "FATAL:  remaining connection slots are reserved for non-replication superuser connections",
        "the file upload.csv does not exist",
        "null value in column 7 of the sheet",
    };

    private MixedLog() {}

    static void write(Path file, long bytes, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        long written = 0;
        long time = 1_772_359_200_000L;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            while (written < bytes) {
                time += random.nextInt(5);
                byte[] line = line(random, time).getBytes(StandardCharsets.UTF_8);
                out.write(line);
                written += line.length;
            }
        }
    }

    private static String line(SplittableRandom random, long time) {
        String stamp = java.time.Instant.ofEpochMilli(time).toString();
        String said = random.nextInt(1000) == 0 ? ERRORS[random.nextInt(ERRORS.length)] : words(random);
        return switch (random.nextInt(5)) {
            case 0 ->
                stamp + "  INFO 1 --- [nio-8080-exec-" + random.nextInt(10) + "] c.e.shop.web.OrderController : " + said
                        + " id=" + random.nextInt(1_000_000) + "\n";
            case 1 ->
                "{\"time\":\"" + stamp + "\",\"level\":\"info\",\"logger\":\"shop.api\",\"msg\":\""
                        + said.replace("\"", "\\\"") + "\",\"ms\":" + random.nextInt(500) + ",\"trace\":\""
                        + Long.toHexString(random.nextLong()) + "\"}\n";
            case 2 ->
                "10.0.0." + random.nextInt(255) + " - - [" + stamp + "] \"GET /orders/" + random.nextInt(100_000)
                        + "?q=" + said.replace(' ', '+') + " HTTP/1.1\" 200 " + random.nextInt(9000)
                        + " \"-\" \"Mozilla/5.0\"\n";
            case 3 ->
                stamp + " [" + random.nextInt(30_000) + "] shop@shop LOG:  duration: " + random.nextInt(90)
                        + ".31 ms  statement: select id, state from orders where customer_id = "
                        + random.nextInt(90_000) + "\n"
                        + (said.startsWith("ERROR") ? stamp + " [7] shop@shop " + said + "\n" : "");
            default ->
                "time=" + stamp + " level=info msg=\"" + said.replace('"', '\'') + "\" worker=" + random.nextInt(64)
                        + "\n";
        };
    }

    private static String words(SplittableRandom random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(4, 12); i > 0; i--) {
            out.append(WORDS[random.nextInt(WORDS.length)]).append(i == 1 ? "" : " ");
        }
        return out.toString();
    }
}
