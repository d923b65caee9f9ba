package dev.allclear.acceptance.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The dependency rules of {@code docs/architecture.md}; {@link ArchitectureTest} applies them and proves that each bites. */
final class Rules {
    private static final String ROOT = "dev.allclear.";

    /** The packages of common; each may use only those before it. */
    private static final List<String> ORDER =
            List.of("model", "event", "check", "codec", "config", "kafka", "postgres", "service");

    private static final List<String> SERVICES = List.of("status", "latency", "lock", "row", "log", "aggregator");

    private Rules() {}

    /** {@code model} is plain Java. */
    static ArchRule modelUsesOnlyTheJdk() {
        return classes()
                .that()
                .resideInAPackage(ROOT + "model")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", ROOT + "model", "org.jspecify..")
                .as("model uses only the JDK");
    }

    /** Each package of common uses only those before it. */
    static List<ArchRule> commonIsLayered() {
        List<ArchRule> rules = new ArrayList<>();
        for (int i = 0; i < ORDER.size(); i++) {
            String[] later = ORDER.subList(i + 1, ORDER.size()).stream()
                    .map(name -> ROOT + name + "..")
                    .toArray(String[]::new);
            if (later.length > 0) {
                rules.add(noClasses()
                        .that()
                        .resideInAPackage(ROOT + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .as(ORDER.get(i) + " does not know the packages after it"));
            }
        }
        return rules;
    }

    /** Checkers and the aggregator meet only on Kafka. */
    static List<ArchRule> servicesAreStrangers() {
        return SERVICES.stream()
                .map(service -> {
                    String[] others = SERVICES.stream()
                            .filter(other -> !other.equals(service))
                            .map(other -> ROOT + other + "..")
                            .toArray(String[]::new);
                    return noClasses()
                            .that()
                            .resideInAPackage(ROOT + service + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(others)
                            .as(service + " does not know the other services");
                })
                .toList();
    }

    /** What judges is pure. */
    static ArchRule judgesArePure() {
        return noClasses()
                .that()
                .haveNameMatching(".*(Comparison|Timeline|Judge|Ledger|Diff|Diagnosis)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "org.apache.kafka..", "io.micrometer..", "com.fasterxml..")
                .allowEmptyShould(true)
                .as("judges know no Vert.x, Kafka, Micrometer or Jackson");
    }

    /** Time, chance and the environment come in from outside. */
    static ArchRule noHiddenInputs() {
        DescribedPredicate<JavaClass> edge =
                new DescribedPredicate<>("mains, config, the command line and test tools") {
                    @Override
                    public boolean test(JavaClass type) {
                        String name = type.getName();
                        return name.endsWith("Main")
                                || name.startsWith(ROOT + "config.")
                                || name.startsWith(ROOT + "cli.")
                                || name.startsWith(ROOT + "embedded.")
                                || name.startsWith(ROOT + "testkit.");
                    }
                };
        return noClasses()
                .that(DescribedPredicate.not(edge))
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .as("no hidden clock, chance, environment or sleep");
    }

    /** JSON is the codec's. */
    static ArchRule onlyTheCodecKnowsJackson() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "codec..", ROOT + "acceptance..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..")
                .as("only the codec knows Jackson databind");
    }

    /** The database client is postgres' own. */
    static ArchRule onlyPostgresKnowsTheClient() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.pgclient..", "io.vertx.sqlclient..")
                .as("only postgres knows the PG client");
    }

    /** Kafka clients belong to the kafka package and to the aggregator's shell. */
    static ArchRule onlyKafkaKnowsKafka() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(
                        ROOT + "kafka..", ROOT + "aggregator..", ROOT + "embedded..", ROOT + "testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..")
                .as("only kafka, the aggregator's shell and the embedded broker know Kafka");
    }

    /** Kafka's server is internal API: one module touches it. */
    static ArchRule onlyEmbeddedTouchesTheServer() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.server..", "org.apache.kafka.metadata..")
                .as("only embedded touches Kafka's server");
    }

    /** The embedded parts are for the command line and for tests. */
    static ArchRule onlyTheCommandLineEmbeds() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "cli..", ROOT + "testkit..", ROOT + "embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "embedded..")
                .as("only the command line uses embedded");
    }

    /** The testkit is for test scope. */
    static ArchRule nobodyShipsTheTestkit() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "testkit..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "testkit..")
                .as("production code does not use testkit");
    }
}
