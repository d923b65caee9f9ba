package dev.allclear.acceptance.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.allclear.check.offender.KnowsTheService;
import dev.allclear.lock.offender.AsksTheCodecForJackson;
import dev.allclear.lock.offender.HiddenClock;
import dev.allclear.lock.offender.ImpureTimeline;
import dev.allclear.lock.offender.KnowsAnotherService;
import dev.allclear.lock.offender.ShipsTestTools;
import dev.allclear.lock.offender.TalksToKafka;
import dev.allclear.lock.offender.TalksToPostgres;
import dev.allclear.model.ModelWithVertx;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Applies the dependency rules to the production code, and each to an offender, since a rule that cannot fail guards nothing. */
final class ArchitectureTest {
    private static final JavaClasses PRODUCTION = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages("dev.allclear");

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(PRODUCTION);
    }

    static Stream<ArchRule> rules() {
        List<ArchRule> rules = new ArrayList<>(List.of(
                Rules.modelUsesOnlyTheJdk(),
                Rules.judgesArePure(),
                Rules.noHiddenInputs(),
                Rules.onlyTheCodecKnowsJackson(),
                Rules.onlyPostgresKnowsTheClient(),
                Rules.onlyKafkaKnowsKafka(),
                Rules.onlyEmbeddedTouchesTheServer(),
                Rules.onlyTheCommandLineEmbeds(),
                Rules.nobodyShipsTheTestkit()));
        rules.addAll(Rules.commonIsLayered());
        rules.addAll(Rules.servicesAreStrangers());
        return rules.stream();
    }

    @ParameterizedTest(name = "{0} bites on {1}")
    @MethodSource("offenders")
    void bites(ArchRule rule, Class<?> offender) {
        JavaClasses offending = new ClassFileImporter().importClasses(offender);

        boolean violated = rule.allowEmptyShould(true).evaluate(offending).hasViolation();

        assertThat(violated).isTrue();
    }

    static Stream<Arguments> offenders() {
        return Stream.of(
                Arguments.of(Rules.modelUsesOnlyTheJdk(), ModelWithVertx.class),
                Arguments.of(Rules.judgesArePure(), ImpureTimeline.class),
                Arguments.of(Rules.noHiddenInputs(), HiddenClock.class),
                Arguments.of(Rules.onlyTheCodecKnowsJackson(), AsksTheCodecForJackson.class),
                Arguments.of(Rules.onlyPostgresKnowsTheClient(), TalksToPostgres.class),
                Arguments.of(Rules.onlyKafkaKnowsKafka(), TalksToKafka.class),
                Arguments.of(Rules.onlyEmbeddedTouchesTheServer(), ShipsTestTools.class),
                Arguments.of(Rules.onlyTheCommandLineEmbeds(), ShipsTestTools.class),
                Arguments.of(Rules.nobodyShipsTheTestkit(), ShipsTestTools.class),
                Arguments.of(Rules.commonIsLayered().get(2), KnowsTheService.class),
                Arguments.of(Rules.servicesAreStrangers().get(2), KnowsAnotherService.class));
    }

    @Test
    void looksAtProductionCodeOfEveryModule() {
        assertThat(PRODUCTION.stream()
                        .map(type -> type.getPackageName().split("\\.")[2])
                        .distinct())
                .contains("model", "service", "status", "latency", "lock", "row", "log", "aggregator", "cli");
    }
}
