package dev.allclear.acceptance.aggregator;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Does harm to a cluster, one thing after another, and writes down what and when. */
final class Chaos {
    /** What can be done to a cluster. */
    enum Kind {
        /** kill -9 of an aggregator, which is started again a little later. */
        KILL,
        /** An aggregator that halts when it has just read records. */
        HALT_AFTER_READING,
        /** An aggregator that halts when it is about to send a verdict. */
        HALT_BEFORE_VERDICT,
        /** An aggregator that halts when a verdict has been sent and its transaction is open. */
        HALT_AFTER_VERDICT,
        /** SIGSTOP of an aggregator for 8 s, too short for its group to miss it. */
        FREEZE_8S,
        /** SIGSTOP for a minute: others have long taken over when it goes on. */
        FREEZE_60S,
        /** kill -9 of the broker, restarted on the same directory. */
        BROKER,
        /** One more aggregator comes or goes every 5 s, for half a minute. */
        REBALANCES,
        /** kill -9 of all aggregators, for longer than the deadline. */
        BLACKOUT;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The usual mixture; a freeze of a minute and a blackout come rarely. */
    static final List<Kind> MIXTURE = List.of(
            Kind.KILL,
            Kind.HALT_AFTER_VERDICT,
            Kind.FREEZE_8S,
            Kind.BROKER,
            Kind.HALT_BEFORE_VERDICT,
            Kind.KILL,
            Kind.REBALANCES,
            Kind.HALT_AFTER_READING,
            Kind.FREEZE_60S,
            Kind.KILL,
            Kind.BROKER,
            Kind.HALT_AFTER_VERDICT,
            Kind.FREEZE_8S,
            Kind.KILL,
            Kind.BLACKOUT);

    /** Enough for what follows from a fault to be over, and for a deadline to begin and pass. */
    private static final int LONG_PAUSE = 75_000;

    private final Cluster cluster;
    private final int instances;
    private final History history;
    private final Random random;
    private final CountDownLatch over = new CountDownLatch(1);

    Chaos(Cluster cluster, int instances, History history, long seed) {
        this.cluster = cluster;
        this.instances = instances;
        this.history = history;
        this.random = new Random(seed);
    }

    /** Goes through the kinds again and again until {@link #end} is called, pausing between the bounds, and for long after every eighth. */
    void rage(List<Kind> kinds, Duration shortest, Duration longest) throws InterruptedException {
        for (int turn = 1; !pause(between(shortest.toMillis(), longest.toMillis())); turn++) {
            harm(kinds.get((turn - 1) % kinds.size()));
            cluster.reviveAll(instances);
            if (turn % 8 == 0) {
                pause(LONG_PAUSE);
            }
        }
    }

    /** No more harm after the one being done. */
    void end() {
        over.countDown();
    }

    /** Does one thing, and returns when it is over but for what follows from it. */
    void harm(Kind kind) throws InterruptedException {
        int victim = random.nextInt(instances);
        long at = System.currentTimeMillis();
        switch (kind) {
            case KILL -> cluster.aggregator(victim).kill();
            case HALT_AFTER_READING -> at = halt(victim, Failpoint.READ);
            case HALT_BEFORE_VERDICT -> at = halt(victim, Failpoint.SAYING);
            case HALT_AFTER_VERDICT -> at = halt(victim, Failpoint.SAID);
            case FREEZE_8S -> freeze(victim, 8_000);
            case FREEZE_60S -> freeze(victim, 60_000);
            case BROKER -> {
                cluster.killBroker();
                TimeUnit.MILLISECONDS.sleep(between(500, 3_000));
                cluster.restartBroker();
            }
            case REBALANCES -> rebalance();
            case BLACKOUT -> {
                for (int number = 0; number < instances; number++) {
                    cluster.aggregator(number).kill();
                }
                TimeUnit.SECONDS.sleep(40);
                cluster.reviveAll(instances);
            }
        }
        history.note(new Fact.Fault(kind.label(), at, System.currentTimeMillis()));
        System.out.printf("%tT %s of %s%n", at, kind.label(), victim);
        if (kind == Kind.KILL) {
            pause(between(500, 5_000));
        }
    }

    /** Puts an aggregator in the victim's place that will halt by itself; returns when it did. */
    private long halt(int victim, Failpoint point) {
        long at = System.currentTimeMillis();
        cluster.aggregator(victim).terminate();
        Jvm armed = cluster.start(victim, point.flag(between(1, 12)));
        history.note(new Fact.Fault("restart", at, System.currentTimeMillis()));
        if (!armed.awaitExit(Duration.ofSeconds(40))) {
            armed.kill();
        }
        return System.currentTimeMillis();
    }

    private void freeze(int victim, long millis) throws InterruptedException {
        cluster.aggregator(victim).freeze();
        TimeUnit.MILLISECONDS.sleep(millis);
        cluster.aggregator(victim).thaw();
    }

    private void rebalance() throws InterruptedException {
        for (int turn = 0; turn < 3; turn++) {
            Jvm more = cluster.start(instances);
            TimeUnit.SECONDS.sleep(5);
            more.terminate();
            TimeUnit.SECONDS.sleep(5);
        }
    }

    private int between(long least, long most) {
        return (int) (least + random.nextInt((int) (most - least) + 1));
    }

    private boolean pause(int millis) throws InterruptedException {
        return over.await(millis, TimeUnit.MILLISECONDS);
    }
}
