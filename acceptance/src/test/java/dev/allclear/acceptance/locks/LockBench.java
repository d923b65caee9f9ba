package dev.allclear.acceptance.locks;

import java.util.List;
import java.util.Map;

/** Prints every figure of the lock check: {@code ./allclear-bench locks}. Takes about ten minutes on two cores. */
public final class LockBench {
    static final String SETTINGS = "{settle: 1s}";
    private static final int CLEAN = 100;
    private static final int EACH = 20;

    private LockBench() {}

    /** Takes a seed, and {@code holds}, {@code cost}, {@code clean}, {@code leftovers} for some of it; without, everything. */
    public static void main(String[] args) throws Exception {
        long seed = args.length > 0 ? Long.parseLong(args[0]) : System.nanoTime();
        List<String> parts = args.length > 1
                ? List.of(args).subList(1, args.length)
                : List.of("holds", "cost", "clean", "leftovers");
        System.out.println("seed " + seed);
        boolean good;
        try (Shop shop = new Shop(SETTINGS)) {
            Campaign campaign = new Campaign(shop, seed);
            if (parts.contains("holds")) {
                System.out.println(holds(HoldTimes.errors(shop, EACH, seed)));
            }
            if (parts.contains("cost")) {
                System.out.println(CostOfLooking.measure(shop, 6, 10).words());
            }
            good = (!parts.contains("clean") || isQuiet(campaign))
                    & (!parts.contains("leftovers") || isComplete(campaign));
        }
        System.out.println(good ? "as it should be" : "NOT as it should be");
        System.exit(good ? 0 : 1);
    }

    private static boolean isQuiet(Campaign campaign) throws Exception {
        List<String> alarms = campaign.falseAlarms(CLEAN);
        System.out.println("false alarms: " + alarms.size() + " in " + CLEAN + " runs under load");
        alarms.forEach(alarm -> System.out.println("  " + alarm));
        return alarms.isEmpty();
    }

    private static boolean isComplete(Campaign campaign) throws Exception {
        Map<Leftover, Integer> found = campaign.found(EACH);
        found.forEach((kind, times) -> System.out.println(kind + ": found " + times + " of " + EACH));
        return found.values().stream().allMatch(times -> times == EACH);
    }

    static String holds(List<Double> errors) {
        return "hold times of about 1 s, %d of them: median error %.1f %%, worst %.1f %%"
                .formatted(errors.size(), 100 * errors.get(errors.size() / 2), 100 * errors.get(errors.size() - 1));
    }
}
