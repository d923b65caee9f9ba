package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.cli.progress.PlainProgress;
import dev.allclear.event.BaselineCaptured;
import dev.allclear.event.BaselineStatus;
import dev.allclear.model.CheckName;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RunFollowerTest {
    private static final RunId RUN = new RunId("deploy-41");

    @Test
    void countsNoBaselineOfAnotherDatabasesRunOfTheSameName() {
        RunFollower follower = new RunFollower(
                RUN,
                Optional.of(new DatabaseName("shop")),
                new PlainProgress(
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        false,
                        Clock.systemUTC()));

        follower.accept(captured("billing", CheckName.STATUS));
        follower.accept(captured("shop", CheckName.LOCKS));

        assertThat(follower.captured()).containsExactly(CheckName.LOCKS);
    }

    private static BaselineCaptured captured(String database, CheckName check) {
        return new BaselineCaptured(
                RUN,
                new DatabaseName(database),
                check,
                BaselineStatus.CAPTURED,
                Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }
}
