package dev.allclear.acceptance.locks;

import dev.allclear.model.CheckReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Locks held for a time that a clock measured, against what the check says. */
final class HoldTimes {
    private HoldTimes() {}

    /** The relative errors of holds of about a second, sorted. */
    static List<Double> errors(Shop shop, int count, long seed) throws SQLException {
        shop.execute("create table held (id int primary key)");
        Random random = new Random(seed);
        List<Double> errors = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Run run = Run.begin(shop, "hold-" + i);
            double held;
            try (Connection migration = shop.begin("flyway", "select 1")) {
                Traffic.pause(random.nextInt(300));
                long begun = System.nanoTime();
                Shop.run(
                        migration,
                        "alter table held add column c int",
                        "select pg_sleep(" + (0.8 + 0.4 * random.nextDouble()) + ")");
                migration.rollback();
                held = (System.nanoTime() - begun) / 1e9;
            }
            CheckReport report = run.end("flyway");
            double said = longest(report);
            if (Math.abs(said - held) > 0.1 * held) {
                System.out.printf("  %.3f s were said to be %.3f s: %s%n", held, said, report.measurements());
            }
            errors.add(Math.abs(said - held) / held);
        }
        errors.sort(Double::compare);
        return errors;
    }

    private static double longest(CheckReport report) {
        return report.measurements().get("holds") instanceof List<?> holds
                        && !holds.isEmpty()
                        && holds.get(0) instanceof Map<?, ?> hold
                        && hold.get("seconds") instanceof Number seconds
                ? seconds.doubleValue()
                : 0;
    }
}
