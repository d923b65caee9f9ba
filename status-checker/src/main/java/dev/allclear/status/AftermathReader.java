package dev.allclear.status;

import dev.allclear.postgres.DatabaseFailure;
import dev.allclear.postgres.ResultRow;
import dev.allclear.postgres.Session;
import dev.allclear.postgres.Visit;
import dev.allclear.status.AccessChange.Right;
import dev.allclear.status.Aftermath.Position;
import dev.allclear.status.catalog.Catalog;
import dev.allclear.status.catalog.CatalogObject;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Asks the {@link Aftermath}. Only for sequences does it read user tables: the end of an index, each in a transaction of its own, so
 * that no lock is held longer than one such look takes.
 */
final class AftermathReader {
    private final Visit visit;

    AftermathReader(Visit visit) {
        this.visit = visit;
    }

    Future<Aftermath> read(Catalog before, Catalog after) {
        List<AccessChange> access = AccessChange.between(before, after);
        TouchedSequences touched = TouchedSequences.between(before, after);
        List<CatalogObject> sequences = Stream.concat(touched.changed().stream(), touched.grown().stream())
                .toList();
        if (access.isEmpty() && sequences.isEmpty()) {
            return Future.succeededFuture(new Aftermath(access, Set.of(), Set.of(), List.of(), 0));
        }
        return visit.session().compose(session -> rights(session, access)
                .compose(answers -> positions(session, sequences)
                        .map(positions -> new Aftermath(
                                access,
                                answers.get(0),
                                answers.get(1),
                                positions,
                                sequences.size() - positions.size())))
                .eventually(session::close));
    }

    /** Those still held, and those that are pointless. */
    private static Future<List<Set<Right>>> rights(Session session, List<AccessChange> access) {
        List<Right> asked =
                access.stream().flatMap(change -> change.questions().stream()).toList();
        if (asked.isEmpty()) {
            return Future.succeededFuture(List.of(Set.of(), Set.of()));
        }
        return session.read(tx -> tx.query(
                        Sql.text("rights"),
                        texts(asked, right -> right.grant().role()),
                        texts(asked, Right::sort),
                        texts(asked, Right::oid),
                        texts(asked, right -> right.grant().privilege()),
                        texts(asked, right -> right.grant().column())))
                .map(rows -> List.of(those(asked, rows, "held"), those(asked, rows, "pointless")));
    }

    private static Object texts(List<Right> rights, Function<Right, String> part) {
        return rights.stream().map(part).toArray(String[]::new);
    }

    private static Set<Right> those(List<Right> asked, List<ResultRow> rows, String flag) {
        Set<Right> those = new HashSet<>();
        rows.stream()
                .filter(row -> row.flag(flag))
                .forEach(row -> those.add(asked.get((int) row.number("number") - 1)));
        return those;
    }

    /** Of as many as the budget lasts for, those first that this run changed. */
    private Future<List<Position>> positions(Session session, List<CatalogObject> sequences) {
        List<Position> positions = new ArrayList<>();
        Future<Void> all = Future.succeededFuture();
        for (CatalogObject sequence : sequences) {
            all = all.compose(done -> visit.left().isZero()
                    ? Future.succeededFuture()
                    : position(session, sequence).map(position -> {
                        positions.add(position);
                        return null;
                    }));
        }
        return all.map(done -> positions);
    }

    private static Future<Position> position(Session session, CatalogObject sequence) {
        if (!sequence.is("indexed")) {
            return Future.succeededFuture(unread(sequence, "no index leads with the column"));
        }
        return session.read(tx -> tx.query(question(sequence)))
                .map(rows -> position(sequence, rows.get(0)))
                .recover(failure -> failure instanceof DatabaseFailure unanswered
                        ? refused(session, sequence, unanswered)
                        : Future.failedFuture(failure));
    }

    private static Future<Position> refused(Session session, CatalogObject sequence, DatabaseFailure failure) {
        Position unread = unread(sequence, String.valueOf(failure.getMessage()));
        if (failure.kind() != DatabaseFailure.Kind.INSUFFICIENT_PRIVILEGE) {
            return Future.succeededFuture(unread);
        }
        return session.read(tx ->
                        tx.query("-- Who are we? Takes no lock.\nselect pg_catalog.quote_ident(current_user) as role"))
                .map(rows -> new Position(
                        sequence,
                        unread.next(),
                        unread.reached(),
                        unread.failure(),
                        Optional.of("GRANT SELECT ON SEQUENCE "
                                + sequence.trait("sql").orElse(sequence.name()) + " TO "
                                + rows.get(0).text("role") + "; GRANT SELECT ON "
                                + sequence.trait("on").orElseThrow() + " TO "
                                + rows.get(0).text("role") + ";")));
    }

    private static Position position(CatalogObject sequence, ResultRow row) {
        Optional<Long> reached = row.optionalNumber("reached");
        return new Position(
                sequence,
                OptionalLong.of(row.number("next")),
                reached.map(OptionalLong::of).orElseGet(OptionalLong::empty),
                Optional.empty(),
                Optional.empty());
    }

    private static Position unread(CatalogObject sequence, String failure) {
        return new Position(
                sequence, OptionalLong.empty(), OptionalLong.empty(), Optional.of(failure), Optional.empty());
    }

    /** Takes ACCESS SHARE on the sequence and on its table; an index leads to the outermost value. Names come quoted from the catalog. */
    private static String question(CatalogObject sequence) {
        long increment = Long.parseLong(sequence.trait("increment").orElse("1"));
        return "-- Where does the sequence stand, and how far has its column come?\nselect s.last_value + case when s.is_called then "
                + increment + " else 0 end as next, (select " + (increment < 0 ? "min" : "max") + "("
                + sequence.trait("by").orElseThrow() + ")::int8 from "
                + sequence.trait("on").orElseThrow() + ") as reached from "
                + sequence.trait("sql").orElse(sequence.name()) + " s";
    }
}
