package dev.allclear.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_ERR)
@ResourceLock(Resources.SYSTEM_OUT)
final class LiveProgressTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Wait WAIT = Wait.before("announced", Set.of(CheckName.STATUS), Duration.ofSeconds(30));

    private final PrintStream errBefore = System.err;
    private final PrintStream outBefore = System.out;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    @BeforeEach
    void lendTheTerminal() {
        PrintStream terminal = new PrintStream(sent, true, Charset.defaultCharset());
        System.setErr(terminal);
        System.setOut(terminal);
    }

    @AfterEach
    void giveItBack() {
        System.setErr(errBefore);
        System.setOut(outBefore);
    }

    @Test
    void drawsBelowWhateverOthersPrint_andLeavesOnlyThat() {
        try (LiveProgress progress = LiveProgress.begin(Map.of(), true, false, CLOCK)) {
            progress.await(WAIT);
            System.err.println("a warning of a library");
            System.out.println("something on the other stream");
            String meanwhile = seen();
            progress.over();

            assertThat(meanwhile)
                    .startsWith("a warning of a library\nsomething on the other stream\nannounced")
                    .containsOnlyOnce("nothing heard from it yet");
            assertThat(seen()).isEqualTo("a warning of a library\nsomething on the other stream");
        }
    }

    @Test
    void waitsWithTheBlock_whileSomebodysLineIsNotEnded_andBeginsItsOwn() {
        try (LiveProgress progress = LiveProgress.begin(Map.of(), true, false, CLOCK)) {
            progress.await(WAIT);
            System.out.print("password: ");
            String asked = seen();
            progress.warn("it took too long");

            assertThat(asked).isEqualTo("password:");
            assertThat(seen()).startsWith("password:\n[  0.0s] it took too long\nannounced");
        }
    }

    @Test
    void showsWhatWasHeardBeforeItWasWaitedFor() {
        try (LiveProgress progress = LiveProgress.begin(Map.of(), true, false, CLOCK)) {
            progress.heard(captured());
            progress.await(WAIT);

            assertThat(seen()).contains("has measured \"before\"", "every check is ready");
        }
    }

    @Test
    void givesTheStreamsBack() {
        PrintStream lent = System.err;

        LiveProgress.begin(Map.of(), true, false, CLOCK).close();

        assertThat(System.err).isSameAs(lent);
        assertThat(sent.size()).isZero();
    }

    private String seen() {
        return new VirtualTerminal(80, 24)
                .feed(sent.toString(Charset.defaultCharset())
                        .replace("\r\n", "\n")
                        .replace("\n", "\r\n"))
                .text();
    }

    private static BaselineCaptured captured() {
        return new BaselineCaptured(
                new RunId("deploy-41"),
                new DatabaseName("shop"),
                CheckName.STATUS,
                BaselineStatus.CAPTURED,
                Optional.empty(),
                CLOCK.instant(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
