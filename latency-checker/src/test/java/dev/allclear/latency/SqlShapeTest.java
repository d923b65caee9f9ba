package dev.allclear.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlShapeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "SELECT * FROM orders WHERE note = 'a;b' -- why; not",
                "with recent as (select * from orders) select * from recent",
                "(select 1) union all (select 2)",
                "values (1)",
                "select $q$; drop table orders$q$",
                "select \"update\", \"odd;name\" from t",
                "select /* ; */ 1",
                "select 'for update', e'it\\'s; fine'",
                "select updated_at, deleted from t where into_date > 1"
            })
    void acceptsOneStatementThatReads(String sql) {
        assertThat(SqlShape.of(sql).objection()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "select 1; select 2",
                "select 1;",
                "select ''; drop table orders; --'",
                "delete from orders",
                "explain select 1",
                "with gone as (delete from orders returning *) select * from gone",
                "with x as (select 1) update orders set note = ''",
                "with x as (select 1) insert into orders select * from x",
                "select * from orders for update",
                "select * from orders FOR NO KEY UPDATE",
                "select * from orders for share",
                "select * into copy from orders",
                "select /* /* nested */ ; */ 1",
                "do $$ begin end $$",
                "select name'\\'; commit; drop table orders; select '1",
                "select 1 -- ends here\r; drop table orders",
                "select 1 as \u00e9$a$; drop table orders; select 1 as \u00e9$a$"
            })
    void refusesEverythingElse(String sql) {
        assertThat(SqlShape.of(sql).objection()).isPresent();
    }

    @Test
    void countsParametersOutsideOfLiteralsOnly() {
        assertThat(SqlShape.of("select '$9', $2, $1 -- $7\n from t where a = $3")
                        .highestParameter())
                .isEqualTo(3);
    }
}
