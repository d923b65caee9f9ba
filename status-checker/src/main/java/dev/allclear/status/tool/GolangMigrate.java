package dev.allclear.status.tool;

import dev.allclear.postgres.ResultRow;
import dev.allclear.status.tool.Step.State;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * golang-migrate's {@code schema_migrations (version bigint, dirty bool)}: one row, the version it stands at; {@code dirty} means
 * that this version was begun and did not end well. Rails, dbmate and Ecto give the same name to a table with other columns.
 */
final class GolangMigrate implements TrackingTool {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    @Override
    public String name() {
        return "golang-migrate";
    }

    @Override
    public Set<String> tableNames() {
        return Set.of("schema_migrations");
    }

    @Override
    public boolean recognizes(Set<String> columns) {
        return columns.equals(Set.of("version", "dirty"));
    }

    @Override
    public String rowsSql(String table) {
        return """
                -- At which version does golang-migrate stand? ACCESS SHARE on its table.
                select version::text, dirty from %s order by version
                """.formatted(table);
    }

    @Override
    public Step step(ResultRow row) {
        String version = row.text("version");
        boolean dirty = row.flag("dirty");
        return new Step(
                version + (dirty ? "|dirty" : ""),
                Optional.of(version),
                version,
                "",
                dirty ? State.DIRTY : State.APPLIED,
                Optional.empty());
    }

    /** The last target must be the version it stands at; an earlier one lies behind it. */
    @Override
    public Presence presence(List<Step> steps, String target, boolean last) {
        if (steps.isEmpty() || !NUMBER.matcher(target).lookingAt()) {
            return Presence.MISSING;
        }
        Step head = steps.get(steps.size() - 1);
        int order = number(head.label()).compareTo(number(target));
        if (order == 0 && head.state() == State.DIRTY) {
            return Presence.FAILED;
        }
        return order == 0 || (order > 0 && !last) ? Presence.PRESENT : Presence.MISSING;
    }

    /** The leading digits: a target may be written as its file, {@code 000042_add_currency}. */
    private static BigInteger number(String text) {
        var matcher = NUMBER.matcher(text);
        return matcher.lookingAt() ? new BigInteger(matcher.group()) : BigInteger.ONE.negate();
    }
}
