package dev.allclear.status.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A tracking table as one look found it.
 *
 * @param remedy the GRANT that makes it readable
 * @param readable whether it could be read; its steps are empty when not
 * @param steps oldest first
 */
public record TrackingTable(
        String tool, String schema, String table, boolean readable, String remedy, List<Step> steps) {

    public TrackingTable {
        steps = List.copyOf(steps);
    }

    /** {@code schema.table}, as it stands in messages. */
    public String label() {
        return schema + "." + table;
    }

    public boolean isSameTable(TrackingTable other) {
        return tool.equals(other.tool) && schema.equals(other.schema) && table.equals(other.table);
    }

    /**
     * Whether this one may be the other's equal of another tenant, which lags behind: the same tool's, with nothing that the other has not.
     * Where a tool keeps only where it stands, that cannot be excluded.
     */
    public boolean isSiblingOf(TrackingTable ahead) {
        return tool.equals(ahead.tool)
                && (rules().targets() != TargetRule.EACH_ROW || ahead.names().containsAll(names()));
    }

    /** Whether the two hold the same, where a tool keeps only where it stands. */
    public boolean stoodWhere(TrackingTable other) {
        return rules().targets() == TargetRule.EACH_ROW || names().equals(other.names());
    }

    private Set<String> names() {
        return steps.stream()
                .filter(step -> step.state() != Step.State.BOOKKEEPING)
                .map(Step::name)
                .collect(Collectors.toSet());
    }

    public TrackingTool rules() {
        return TrackingTools.named(tool).orElseThrow(() -> new IllegalStateException("no rules for " + tool));
    }

    public Set<String> keys() {
        return steps.stream().map(Step::key).collect(Collectors.toSet());
    }

    /** The rows that {@code earlier} did not have. */
    public List<Step> since(TrackingTable earlier) {
        Set<String> known = earlier.keys();
        return steps.stream().filter(step -> !known.contains(step.key())).toList();
    }

    /** JSON-compatible, for a baseline; {@link #fromMap} reads it back. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("tool", tool);
        map.put("schema", schema);
        map.put("table", table);
        map.put("readable", readable);
        map.put("steps", steps.stream().map(Step::toMap).toList());
        return map;
    }

    public static TrackingTable fromMap(Map<?, ?> map) {
        List<?> steps = map.get("steps") instanceof List<?> list ? list : List.of();
        return new TrackingTable(
                Objects.toString(map.get("tool")),
                Objects.toString(map.get("schema")),
                Objects.toString(map.get("table")),
                Boolean.TRUE.equals(map.get("readable")),
                "",
                steps.stream().map(step -> Step.fromMap((Map<?, ?>) step)).toList());
    }
}
