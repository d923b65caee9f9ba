package dev.allclear.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WrittenNameTest {
    @Test
    void isReadLiterally_atEveryDot() {
        assertThat(new WrittenName("Sales.Order Lines").asWritten())
                .containsExactly(
                        new WrittenName.Meaning(Optional.empty(), "Sales.Order Lines"),
                        new WrittenName.Meaning(Optional.of("Sales"), "Order Lines"));
    }

    @Test
    void isReadAsSql_withFoldingAndQuoting() {
        assertThat(new WrittenName("Public.Orders").asSql())
                .containsExactly(new WrittenName.Meaning(Optional.of("public"), "orders"));
        assertThat(new WrittenName("\"A.\"\"b\".c").asSql())
                .containsExactly(new WrittenName.Meaning(Optional.of("A.\"b"), "c"));
        assertThat(new WrittenName("Äpfel").soleSqlPart()).contains("Äpfel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a b",
                "a;b",
                "a.b.c.d",
                "\"a",
                "\"\"",
                "\"a\"b",
                "a--",
                "1a",
                "a.\"b\".",
                "a\"b\""
            })
    void hasNoSqlMeaning_whenItIsNoSqlName(String text) {
        assertThat(new WrittenName(text).asSql()).isEmpty();
    }

    @Test
    void meansNothing_whenNoCatalogCanHoldIt() {
        assertThat(new WrittenName("a\0b").asWritten()).isEmpty();
        assertThat(new WrittenName("a".repeat(300)).asWritten()).isEmpty();
    }
}
