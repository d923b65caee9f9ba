package dev.allclear.service;

import dev.allclear.config.AllclearConfig;
import dev.allclear.config.ConfigFile;
import dev.allclear.config.InvalidConfiguration;
import dev.allclear.kafka.KafkaFailure;
import dev.allclear.postgres.Databases;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process around one {@link Program}: configuration, health and metrics over HTTP, awaited shutdown, exit codes. */
public final class ProcessHost {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessHost.class);
    private static final int WRONG_USE = 2;
    private static final Duration STEP = Duration.ofSeconds(12);

    private final Vertx vertx;
    private final PrometheusMeterRegistry meters;
    private final HealthServer health;
    private final Program.Running running;

    private ProcessHost(Vertx vertx, PrometheusMeterRegistry meters, HealthServer health, Program.Running running) {
        this.vertx = vertx;
        this.meters = meters;
        this.health = health;
        this.running = running;
    }

    /**
     * The whole of a service's main: starts and returns, and the process lives until it is told to end. Ends it with exit code 2 and a
     * message when the arguments or the configuration are wrong, with 1 when it cannot start.
     */
    public static void run(String name, String[] args, Map<String, String> environment, Program program) {
        try {
            AllclearConfig config = ConfigFile.load(fileOf(args), environment);
            ProcessHost host = start(config, Clock.systemUTC(), program);
            Shutdown.onSignal(name, host::close);
            LOG.info(
                    "{} runs; health and metrics at http://{}:{}",
                    name,
                    config.http().host(),
                    host.port());
        } catch (InvalidConfiguration wrong) {
            end(name, wrong.getMessage(), WRONG_USE);
        } catch (KafkaFailure | StartFailure unable) {
            end(name, unable.getMessage(), 1);
        } catch (RuntimeException unexpected) {
            LOG.error("{} cannot start", name, unexpected);
            end(name, "cannot start: " + HostFindings.inOneLine(unexpected), 1);
        }
    }

    /** Starts in this process; whatever was opened is closed again when that fails. */
    public static ProcessHost start(AllclearConfig config, Clock clock, Program program) {
        if (config.kafka().bootstrapServers().isEmpty()) {
            config.mistakes()
                    .add(
                            "kafka.bootstrap.servers",
                            "is required: a service meets the others on Kafka (without Kafka there is `allclear run`);"
                                    + " set it in allclear.yaml or ALLCLEAR_KAFKA_BOOTSTRAP_SERVERS");
        }
        Vertx vertx = Vertx.vertx();
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try {
            new JvmMemoryMetrics().bindTo(meters);
            new JvmThreadMetrics().bindTo(meters);
            new ProcessorMetrics().bindTo(meters);
            HealthRoutes routes = new HealthRoutes(meters);
            HealthServer health = listen(vertx, config, routes);
            Program.Running running = program.start(partsOf(vertx, clock, config, meters));
            routes.aliveWhen(running.alive());
            routes.readyWhen(running.ready());
            return new ProcessHost(vertx, meters, health, running);
        } catch (RuntimeException failure) {
            vertx.close();
            meters.close();
            throw failure;
        }
    }

    /** The port of health and metrics. */
    public int port() {
        return health.port();
    }

    /** The program first, what it stands on after it. */
    public Future<Void> close() {
        return Shutdown.inOrder(STEP.plusSeconds(8), running::close)
                .eventually(() -> Shutdown.inOrder(Duration.ofSeconds(2), health::close, vertx::close))
                .onComplete(ignored -> meters.close());
    }

    private static HealthServer listen(Vertx vertx, AllclearConfig config, HealthRoutes routes) {
        String address = config.http().host() + ":" + config.http().port();
        try {
            return HealthServer.start(vertx, config.http(), routes).await(STEP.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | RuntimeException failure) {
            throw new StartFailure(
                    "cannot listen on " + address + " (http.host, http.port): " + HostFindings.inOneLine(failure));
        } catch (Exception failure) {
            throw new StartFailure("cannot listen on " + address + ": " + HostFindings.inOneLine(failure));
        }
    }

    /** With mistakes in the configuration no database is made of it; the program adds its own mistakes and throws them all. */
    private static Parts partsOf(Vertx vertx, Clock clock, AllclearConfig config, PrometheusMeterRegistry meters) {
        AllclearConfig sound = config.mistakes().found().isEmpty() ? config : ConfigFile.parse("", "nothing", Map.of());
        return new Parts(vertx, clock, config, Databases.of(vertx, sound), meters);
    }

    private static Optional<Path> fileOf(String[] args) {
        if (args.length == 0) {
            return Optional.empty();
        }
        if (args.length == 2 && args[0].equals("--config")) {
            return Optional.of(Path.of(args[1]));
        }
        throw new InvalidConfiguration(
                List.of("arguments: " + String.join(" ", args) + " is not understood; usage: [--config FILE]"));
    }

    private static void end(String name, @org.jspecify.annotations.Nullable String message, int code) {
        System.err.println(name + ": " + message);
        System.exit(code);
    }

    /** The process cannot start, for a reason that a person can mend. */
    private static final class StartFailure extends RuntimeException {
        private static final long serialVersionUID = 1;

        StartFailure(String message) {
            super(message, null, false, false);
        }
    }
}
