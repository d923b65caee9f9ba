package dev.allclear.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnLinesTest {
    private final OwnLines lines = new OwnLines(List.of("shop"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01 10:00:00.123 UTC [71] shop ERROR:  column \"total\" does not exist",
                "2026-03-01 10:00:00 UTC [71] app=shop,db=orders ERROR:  column \"total\" does not exist",
                "2026-03-01 10:00:00 UTC [71] admin@orders/shop: ERROR:  column \"total\" does not exist",
                "2026-03-01 10:00:00.123 UTC,\"app\",\"orders\",71,\"[local]\",65e1,1,\"SELECT\",2026-03-01 10:00:00 UTC,3/2,0,ERROR,42703,\"column \"\"total\"\" does not exist\",,,,,,\"select total\",8,,\"shop\",\"client backend\",,0",
                "{\"timestamp\":\"2026-03-01 10:00:00\",\"error_severity\":\"ERROR\",\"message\":\"column \\\"total\\\" does not exist\",\"application_name\":\"shop\"}",
            })
    void areTheMigrations_byTheNameOfItsSession(String line) {
        assertThat(lines.contains(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01 10:00:00 INFO eu-shop-7f9c4 psycopg.errors.UndefinedColumn ERROR: column \"total\" does not exist",
                "2026-03-01 10:00:00 com.example.shopping.Cart : ERROR: column \"total\" does not exist",
                "2026-03-01 10:00:00.123 UTC,\"app\",\"orders\",71,\"[local]\",65e1,1,\"SELECT\",2026-03-01 10:00:00 UTC,3/2,0,ERROR,42P01,\"relation \"\"shop\"\" does not exist\",,,,,,\"select * from shop\",8,,\"web\",\"client backend\",,0",
                "{\"timestamp\":\"2026-03-01 10:00:00\",\"dbname\":\"shop\",\"error_severity\":\"ERROR\",\"message\":\"column \\\"total\\\" does not exist\",\"application_name\":\"web\"}",
            })
    void areTheApplications_whereTheNameIsPartOfAnotherOrStandsElsewhere(String line) {
        assertThat(lines.contains(line)).isFalse();
    }
}
