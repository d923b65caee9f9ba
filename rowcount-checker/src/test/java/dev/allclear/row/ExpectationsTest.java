package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.allclear.codec.Yaml;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpectationsTest {
    @Test
    void readsEveryForm() {
        Expectations read = parse("""
                - { table: public.orders, filled: currency }
                - { table: public.customers, rows: unchanged }
                - { table: public.customers, rows: { change: -120 } }
                - { table: public.plans, rows: 3 }
                - { table: public.plans, rows: { min: 3, max: 10 } }
                - { table: public.orders, where: { column: status, equals: legacy }, rows: 0 }
                - { table: public.events, rows: unchanged, tolerance: 0.1% }
                - { table: public.events, rows: unchanged, tolerance: 25 }
                - { table: public.users, unique: [email] }
                - { table: public.users, unique: email }
                - { conserved: { from: [inbox, archive], to: [archive] }, tolerance: 3 }
                """);

        assertThat(read.unreadable()).isEmpty();
        assertThat(read.readable())
                .containsExactly(
                        new Filled("public.orders", "currency"),
                        rows("public.customers", new RowGoal.Relative(0), Tolerance.NONE),
                        rows("public.customers", new RowGoal.Relative(-120), Tolerance.NONE),
                        rows("public.plans", new RowGoal.Absolute(3, 3), Tolerance.NONE),
                        rows("public.plans", new RowGoal.Absolute(3, 10), Tolerance.NONE),
                        new RowCount(
                                "public.orders",
                                Optional.of(new RowCount.Where("status", "legacy")),
                                new RowGoal.Absolute(0, 0),
                                Tolerance.NONE),
                        rows("public.events", new RowGoal.Relative(0), new Tolerance(0, 0.1)),
                        rows("public.events", new RowGoal.Relative(0), new Tolerance(25, 0)),
                        new Unique("public.users", List.of("email")),
                        new Conserved(List.of("inbox", "archive"), List.of("archive"), new Tolerance(3, 0)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ table: t }                                        | needs exactly one of filled, rows, unique or conserved",
                "{ table: t, filled: a, rows: 3 }                    | needs exactly one of filled, rows, unique or conserved",
                "{ filled: a }                                       | table must be a name",
                "{ table: t, filled: 7 }                             | filled must be a name",
                "{ table: t, rows: -3 }                              | rows must be unchanged",
                "{ table: t, rows: 1.5 }                             | rows must be unchanged",
                "{ table: t, rows: many }                            | not \"many\"",
                "{ table: t, rows: { min: 5, max: 3 } }              | min at most max",
                "{ table: t, rows: { change: x } }                   | rows.change must be a whole number",
                "{ table: t, rows: { change: 1, min: 3 } }           | rows takes {min, max} or {change}",
                "{ table: t, rows: 1, tolerance: lots }              | tolerance must be",
                "{ table: t, rows: 1, tolerance: 101% }              | tolerance must be",
                "{ table: t, filled: a, tolerance: 1 }               | tolerance goes with rows or conserved, not with filled",
                "{ table: t, rows: 1, where: { column: a } }         | where must be {column, equals}",
                "{ table: t, rows: 1, where: { column: a, equals: [1] } } | where.equals must be",
                "{ table: t, rows: 1, wheer: x }                     | \"wheer\" is not a known key",
                "{ table: t, unique: [] }                            | unique must be a list of 1 to 32 names",
                "{ table: t, unique: [a, a] }                        | unique names one of them twice",
                "{ table: t, unique: [a, 3] }                        | unique must be a list",
                "{ table: t, unique: [a], where: { column: a, equals: 1 } } | where goes with rows, not with unique",
                "{ conserved: { from: [a] } }                        | conserved must be {from: [tables], to: [tables]}",
                "{ conserved: [a, b] }                               | conserved must be {from: [tables], to: [tables]}",
                "{ conserved: { from: [a], to: [] } }                | conserved.to must be a list",
                "{ table: t, conserved: { from: [a], to: [b] } }     | table does not go with it",
                "{ table: t, rows: 99999999999999999999 }            | rows must be unchanged",
            })
    void namesTheMistake(String expectation, String mistake) {
        Expectations read = parse("- " + expectation);

        assertThat(read.readable()).isEmpty();
        assertThat(read.unreadable()).singleElement().satisfies(one -> assertThat(one.sentence())
                .contains(mistake));
    }

    @Test
    void namesEveryMistakeOfOneExpectation() {
        Expectations read = parse("- { rows: x, tolerance: y, extra: 1, where: 3 }");

        assertThat(read.unreadable().get(0).mistakes()).hasSize(5);
    }

    private static RowCount rows(String table, RowGoal goal, Tolerance tolerance) {
        return new RowCount(table, Optional.empty(), goal, tolerance);
    }

    private static Expectations parse(String yaml) {
        return Expectations.parse(List.copyOf(Yaml.list(yaml)));
    }
}
