package dev.allclear.latency;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What one query did with one set of parameters.
 *
 * @param parameters position of the parameter set, from 0
 * @param set the parameter set's name, its position where it has none
 * @param generic the plan for any parameters, as a prepared statement gets it after some executions
 * @param custom the plan for these parameters
 * @param blocks shared blocks touched by each execution
 * @param millis the server's own time of each execution, planning included
 * @param controlMillis times of a query that touches no table, taken in turns with {@code millis}: how fast the machine was
 * @param observed what the last execution showed besides
 * @param failure why some of it is missing
 */
record Probe(
        String query,
        int parameters,
        String set,
        Optional<PlanShape> generic,
        Optional<PlanShape> custom,
        List<Long> blocks,
        List<Double> millis,
        List<Double> controlMillis,
        Optional<Observed> observed,
        Optional<ProbeFailure> failure) {
    Probe {
        blocks = List.copyOf(blocks);
        millis = List.copyOf(millis);
        controlMillis = List.copyOf(controlMillis);
    }

    static Probe failed(LatencyQuery query, int parameters, ProbeFailure failure) {
        return new Probe(
                query.name(),
                parameters,
                query.parameters().get(parameters).name(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(failure));
    }

    boolean failedWith(ProbeFailure.Kind kind) {
        return failure.filter(found -> found.kind() == kind).isPresent();
    }

    boolean isAbout(Probe other) {
        return query.equals(other.query) && set.equals(other.set);
    }

    /** Whether the parameter set was given a name. */
    boolean isNamed() {
        return !set.equals(String.valueOf(parameters));
    }

    /** The query, and the parameter set where it has a name. */
    String label() {
        return isNamed() ? query + " with " + set : query;
    }

    /** The least blocks of any execution: what the query needs once catalogs are cached. */
    OptionalLong leastBlocks() {
        return blocks.stream().mapToLong(Long::longValue).min();
    }

    OptionalDouble medianMillis() {
        return median(millis);
    }

    static OptionalDouble median(List<Double> values) {
        if (values.isEmpty()) {
            return OptionalDouble.empty();
        }
        List<Double> sorted = new java.util.ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return OptionalDouble.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }
}
