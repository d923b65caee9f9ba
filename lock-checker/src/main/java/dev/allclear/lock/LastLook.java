package dev.allclear.lock;

import dev.allclear.postgres.Statements;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

/**
 * Everything that is held or waited for at one moment, in any mode.
 *
 * @param role our role
 * @param database the server's own name for the database
 * @param seesAll whether our role may see other sessions' state
 * @param cut whether there were more prepared transactions than one look takes in
 */
record LastLook(
        LockSample sample,
        List<PreparedTransaction> prepared,
        String role,
        String database,
        boolean seesAll,
        boolean cut) {
    /** Looks for transactions that began up to {@code completion}, all of them when it lies in the future. */
    static Future<LastLook> take(Statements tx, Instant completion) {
        OffsetDateTime moment = completion.atOffset(ZoneOffset.UTC);
        return tx.query(LockSql.FACTS)
                .compose(facts -> tx.query(LockSql.PREPARED).compose(prepared -> tx.query(LockSql.LEFT, moment)
                        .map(rows -> new LastLook(
                                LockRows.sample(rows),
                                prepared.stream()
                                        .map(row -> new PreparedTransaction(
                                                row.text("gid"), row.text("owner"), row.instant("prepared")))
                                        .toList(),
                                facts.get(0).text("role"),
                                facts.get(0).text("database"),
                                facts.get(0).flag("sees_all"),
                                prepared.size() >= LockSql.MOST_ROWS))));
    }

    boolean isCut() {
        return cut || sample.cut();
    }

    /** Table-level locks of one session; ordinary ones on system catalogs are left out, every statement has some. */
    List<SeenLock> heldBy(Backend backend) {
        return sample.locks().stream()
                .filter(SeenLock::granted)
                .filter(lock -> lock.relation().isPresent() && lock.mode().isPresent())
                .filter(lock -> Objects.equals(lock.session().backend(), backend))
                .filter(lock ->
                        lock.blocksWrites() || !lock.relation().orElseThrow().startsWith("pg_catalog."))
                .toList();
    }
}
