package dev.allclear.status.tool;

import java.util.Set;

/**
 * golang-migrate's {@code schema_migrations (version bigint, dirty bool)}: one row, the version it stands at; {@code dirty} means that
 * this version was begun and did not end well. Rails, dbmate and Ecto give the same name to a table with other columns.
 */
final class GolangMigrate {
    private GolangMigrate() {}

    static TrackingTool tool() {
        return TrackingTool.of("golang-migrate", "schema_migrations", Set.of("version", "dirty"), """
                        -- At which version does golang-migrate stand? ACCESS SHARE on its table.
                        select version || case when dirty then '|dirty' else '' end as key, version::text as version, version::text as name,
                               case when dirty then 'DIRTY' else 'APPLIED' end as state
                        from {table} order by version
                        """)
                .onlyWhere(shape -> shape.hasOnly(Set.of("version", "dirty")))
                .targets(
                        TargetRule.NUMBERED_HEAD,
                        Naming::fileLike,
                        "the migration's number, the last one being the highest")
                .mendedBy("see what of it stands, then mend it and set the version with `migrate force`");
    }
}
