package dev.allclear.row;

import dev.allclear.model.Cost;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a number was come by and what that cost the database.
 *
 * @param cost of all statements that it took, plans and failed attempts included
 * @param blocks read by the counting itself, as the server counted them; empty where it did not come to that
 * @param sharing how many expectations the same statements answered
 */
record Effort(Strategy strategy, Cost cost, Optional<Long> blocks, int sharing) {
    static final Effort NONE = new Effort(Strategy.NONE, Cost.NONE, Optional.empty(), 1);

    Effort plus(Cost more) {
        return new Effort(strategy, cost.plus(more), blocks, sharing);
    }

    /** The ledger's columns. */
    Map<String, Object> content() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("strategy", strategy.words());
        out.put("databaseMillis", cost.databaseTime().toMillis());
        out.put("queries", cost.queries());
        blocks.ifPresent(some -> out.put("blocks", some));
        if (sharing > 1) {
            out.put("sharing", sharing);
        }
        return out;
    }
}
