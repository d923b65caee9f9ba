package dev.allclear.lock;

import static dev.allclear.testkit.ReportAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.allclear.check.Baseline;
import dev.allclear.model.CheckReport;
import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.testkit.PostgresExtension;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The server goes down in the middle of a run: one of its processes is killed, so it ends all others and starts anew. */
final class LockRestartTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @RegisterExtension
    static final PostgresExtension postgres = new PostgresExtension();

    @Test
    void goesOn_andStatesTheGap_whenTheServerRestarts() throws Exception {
        postgres.execute("create table orders (id int primary key)", "checkpoint");
        try (LockScene scene = new LockScene(postgres)) {
            Optional<Baseline> baseline = Optional.of(scene.before());
            Connection lost = scene.open("flyway", "lock table orders");
            await().until(() -> scene.number("select count(*) from pg_locks where mode = 'AccessExclusiveLock'") > 0);
            crash(LockScene.pid(lost));
            await().atMost(Duration.ofSeconds(30)).until(() -> answers(scene));
            await().atMost(Duration.ofSeconds(30)).until(() -> scene.samplers() == 1);
            try (Connection migration = scene.open("flyway", "lock table orders", "select pg_sleep(1)")) {
                migration.rollback();
            }

            CheckReport report = scene.after(baseline);

            assertThat(report).passed();
            assertThat(LockScene.list(report, "gaps")).isNotEmpty();
            assertThat(report.summary()).contains("No lock was left behind", "nothing was observed for");
            assertThat(LockScene.list(report, "holds")).hasSizeBetween(1, 2);
        }
    }

    @Test
    void answersAboutWhatIsLeft_whenTheServerIsDownAtTheMomentOfCompletion() throws Exception {
        postgres.execute("create table invoices (id int primary key)");
        try (LockScene scene = new LockScene(postgres)) {
            Optional<Baseline> baseline = Optional.of(scene.before());
            Connection migration = scene.open("flyway", "alter table invoices add column a int");
            LockScene.run(migration, "prepare transaction 'survivor'");
            postgres.execute("checkpoint");
            crash(LockScene.pid(migration));

            CheckReport report = scene.after(baseline);

            assertThat(report)
                    .failed()
                    .withFinding("locks.prepared-transaction")
                    .about("public.invoices");
        } finally {
            postgres.execute("rollback prepared 'survivor'");
        }
    }

    @Test
    void isPatientWithAServerThatIsDown_butNotForEver_norWithOneThatRefuses() {
        PendingQuestion<String> question = new PendingQuestion<>(tx -> Future.succeededFuture(""), NOW.plusSeconds(20));
        DatabaseFailure down =
                new DatabaseFailure(DatabaseFailure.Kind.UNREACHABLE, Optional.of("57P03"), "starting up");
        DatabaseFailure refused = new DatabaseFailure(DatabaseFailure.Kind.UNREACHABLE, Optional.of("28000"), "no");

        assertThat(question.isHopeless(down, 10, NOW)).isFalse();
        assertThat(question.isHopeless(down, 10, NOW.plusSeconds(21))).isTrue();
        assertThat(question.isHopeless(refused, 1, NOW)).isFalse();
        assertThat(question.isHopeless(refused, 3, NOW)).isTrue();
        assertThat(question.isHopeless(new IllegalStateException("a bug"), 1, NOW))
                .isTrue();
    }

    private static void crash(int pid) throws Exception {
        new ProcessBuilder("kill", "-KILL", Integer.toString(pid)).start().waitFor();
    }

    private static boolean answers(LockScene scene) {
        try {
            return scene.number("select 1") == 1;
        } catch (IllegalStateException notYet) {
            return !(notYet.getCause() instanceof SQLException);
        }
    }
}
