package dev.allclear.acceptance.locks;

import java.util.List;
import java.util.Map;

/** Prints every figure of the lock check: {@code ./allclear-bench locks}. Takes about ten minutes on two cores. */
public final class LockBench {
    static final String SETTINGS = "{settle: 1s}";
    private static final int CLEAN = 100;
    private static final int EACH = 20;

    private LockBench() {}

    /** Runs everything once; the seed may be given. */
    public static void main(String[] args) throws Exception {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : System.nanoTime();
        System.out.println("seed " + seed);
        try (Shop shop = new Shop(SETTINGS)) {
            Campaign campaign = new Campaign(shop, seed);
            System.out.println(holds(HoldTimes.errors(shop, EACH, seed)));
            System.out.println(CostOfLooking.measure(shop, 6, 10).words());
            List<String> alarms = campaign.falseAlarms(CLEAN);
            System.out.println("false alarms: " + alarms.size() + " in " + CLEAN + " runs under load");
            alarms.forEach(alarm -> System.out.println("  " + alarm));
            Map<Leftover, Integer> found = campaign.found(EACH);
            found.forEach((kind, times) -> System.out.println(kind + ": found " + times + " of " + EACH));
            boolean good = alarms.isEmpty() && found.values().stream().allMatch(times -> times == EACH);
            System.out.println(good ? "as it should be" : "NOT as it should be");
            System.exit(good ? 0 : 1);
        }
    }

    static String holds(List<Double> errors) {
        return "hold times of about 1 s, %d of them: median error %.1f %%, worst %.1f %%"
                .formatted(errors.size(), 100 * errors.get(errors.size() / 2), 100 * errors.get(errors.size() - 1));
    }
}
