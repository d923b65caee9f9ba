package dev.allclear.status.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.status.tool.Step.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People write a version, a file or a path; a migration of another name must never be taken for it. */
final class NamingTest {
    @ParameterizedTest
    @CsvSource({
        "20240101120000_add_total.js, 20240101120000_add_total.js",
        "20240101120000_add_total.js, 20240101120000_add_total",
        "20240101120000_add_total.js, db/migrations/20240101120000_add_total.js",
        "20240101120000_add_total.js, 20240101120000",
        "1700000000000_add-total, 1700000000000_add-total.sql",
        "add-total.js, add-total"
    })
    void knowsAFileBySeveralSpellings(String recorded, String target) {
        assertThat(Naming.fileLike(named(recorded), target)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0002_add_total.js, 0002_drop_total.js",
        "0002_add_total.js, 0002_drop_total",
        "0002_add_total.js, 00021",
        "0002_add_total.js, add_total",
        "v2.1-add.js, v2",
        "1.2.0-add.js, 1",
        "2024-01-05-init.js, 2024"
    })
    void doesNotTakeAnotherFileForIt(String recorded, String target) {
        assertThat(Naming.fileLike(named(recorded), target)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "7, 007", "7, 00007_add_total.sql", "20240101120000, db/migrate/20240101120000_add_total.rb"})
    void knowsABareNumberByItsFile(String recorded, String target) {
        assertThat(Naming.fileLike(numbered(recorded), target)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 70",
        "7, 7x",
        "7, add_7",
        "7, 7.5",
        "1.2, 1.5",
        "1.2, 1",
        "20240101120000, 20240101120001_add_total.rb"
    })
    void doesNotTakeAnotherNumberForIt(String recorded, String target) {
        assertThat(Naming.fileLike(numbered(recorded), target)).isFalse();
    }

    @Test
    void mayBeExact() {
        Step step = new Step(
                "1",
                Optional.empty(),
                "orders.0002_add",
                "",
                State.APPLIED,
                Optional.empty(),
                true,
                List.of("orders.0002"),
                Optional.empty());

        assertThat(Naming.exact(step, "orders.0002_add")).isTrue();
        assertThat(Naming.exact(step, "orders.0002")).isTrue();
        assertThat(Naming.exact(step, "0002_add")).isFalse();
        assertThat(Naming.exact(step, "billing.0002")).isFalse();
    }

    private static Step named(String name) {
        return new Step(
                name, Optional.empty(), name, "", State.APPLIED, Optional.empty(), true, List.of(), Optional.empty());
    }

    private static Step numbered(String version) {
        return new Step(
                version,
                Optional.of(version),
                version,
                "",
                State.APPLIED,
                Optional.empty(),
                true,
                List.of(),
                Optional.empty());
    }
}
