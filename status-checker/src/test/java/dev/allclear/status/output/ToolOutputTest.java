package dev.allclear.status.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ToolOutputTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR:  relation \"x\" does not exist",
                "psql:m.sql:12: ERROR:  syntax error",
                "psql: error: FATAL:  password authentication failed",
                "2026-07-01 10:00:00 [main] ERROR: Migration failed",
                "psql:m.sql:12: FEHLER:  Relation »x« existiert nicht",
                "psql:m.sql:12: FEL:  relationen \"x\" existerar inte",
                "psql:m.sql:12: ПОМИЛКА:  відношення \"x\" не існує",
                "psql:m.sql:12: შეცდომა:  ურთიერთობა \"x\" არ არსებობს",
                "psql:m.sql:12: ВАЖНО:  роль \"x\" не существует",
                "psql:m.sql:12: FATALE:  il ruolo \"x\" non esiste",
                "psql:all.sql:2: error: missing.sql: No such file or directory",
                "psql:my all.sql:3: error: nothere.csv: No such file or directory",
                "psql:C:/deploy/all.sql:4: error: invalid command \\foo",
                "psql:<stdin>:5: fatal: out of memory",
                "psql:all.sql:2: Fehler: fehlt.sql: Datei oder Verzeichnis nicht gefunden",
                "psql:all.sql:2: erreur : absent.sql: Aucun fichier ou dossier de ce type",
                "psql:all.sql:2: ошибка: missing.sql: Нет такого файла или каталога",
                "missing.sql: No such file or directory",
                "invalid command \\foo",
                "ungültige Anweisung \\foo",
                "неверная команда \\foo",
                "commande \\foo invalide",
                "orden \\foo no válida",
                "\\copy: parse error at \"frm\"",
                "\\copy : erreur d'analyse sur « frm »",
                "fehlt.sql: Datei oder Verzeichnis nicht gefunden",
                "absent.sql : Aucun fichier ou dossier de ce type",
                "secret.sql: Permission denied",
                "\u001b[31mERROR:\u001b[0m relation \"x\" does not exist"
            })
    void findsErrors(String line) {
        assertThat(ToolOutput.of("CREATE TABLE\n" + line).errors()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 errors",
                "CREATE TABLE error_log",
                "INSERT 0 1",
                "Successfully applied 2 migrations",
                "ERRORS: none? no",
                "error: none",
                "psql:all.sql:2: 0 errors",
                "select 'psql: error: none'",
                "cat: missing.sql: No such file or directory",
                "\\echo Use \\d: it lists tables",
                "Datei oder Verzeichnis nicht gefunden",
                "tolerated: invalid command \\foo"
            })
    void findsNothing_whereNothingWentWrong(String line) {
        ToolOutput output = ToolOutput.of(line);

        assertThat(output.errors()).isEmpty();
        assertThat(output.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "psql:m.sql:1: NOTICE:  relation \"Lines By No\" already exists, skipping",
                "WARNING: DB: relation \"Lines By No\" already exists, skipping (SQL State: 42P07 - Error Code: 0)",
                "HINWEIS:  Relation »x« „Lines By No“ existiert bereits, 42P07"
            })
    void knowsWhatWasSkipped(String line) {
        ToolOutput output = ToolOutput.of(line);

        assertThat(output.skipped()).contains("Lines By No");
        assertThat(output.warnings()).hasSize(1);
    }

    @Test
    void tellsARepeatedLineOnce() {
        assertThat(ToolOutput.of("WARNING: old\nWARNING: old\noption -x is deprecated")
                        .warnings())
                .containsExactly("WARNING: old", "option -x is deprecated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARNING: cannot reach postgresql://me:hush@db:5432/shop",
                "WARNING: jdbc:postgresql://db/shop?user=me&password=hush&ssl=true",
                "WARNING: PGPASSWORD=hush was ignored",
                "WARNING: alter role me password 'hush'",
                "WARNING: Key (email)=(hush) already exists.",
                "WARNING: Key (name)=(Miller (hush), Jr.) already exists.",
                "WARNING: Key (name)=(Miller (hush) conflicts with existing key (name)=(x).",
                "WARNING: detail: Some(\"Failing row contains (1, hush, null).\"), hint: None",
                "WARNING: insert into users (name) values ('hush') - duplicate key",
                "WARNING: insert into users (name) values ('hush",
                "WARNING: invalid input syntax for type integer: \"hush\"",
                "WARNING: date/time field value out of range: \"hush\"",
                "WARNING: no such user hush@shop.example",
                "WARNING: DETAIL:  Fehlgeschlagene Zeile enthält (1, hush, null).",
                "WARNING: api_key: \"hush\""
            })
    void repeatsNoSecret(String line) {
        assertThat(ToolOutput.of(line).warnings())
                .singleElement()
                .asString()
                .startsWith("WARNING: ")
                .doesNotContain("hush");
    }

    @Test
    void bounds_aLongLine() {
        assertThat(ToolOutput.of("WARNING: " + "x".repeat(100_000)).warnings().get(0))
                .hasSizeLessThan(300);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARNING:  there is no transaction in progress",
                "psql:m.sql:4: NOTICE:  drop cascades to view paid",
                "[2026-07-01 10:00:00] WARNING [liquibase.changelog] Changeset 8 was skipped",
                "2026-07-01 10:00:00 WARN  o.f.core: outOfOrder mode is active",
                "warn Something about this migration",
                "SAWarning: implicit conversion of 'a' to integer",
                "op.execute() is deprecated since 1.9",
                "ATTENTION:  aucune transaction en cours",
                "ПРЕДУПРЕЖДЕНИЕ:  нет незавершённой транзакции"
            })
    void warns(String line) {
        ToolOutput output = ToolOutput.of(line);

        assertThat(output.warnings()).hasSize(1);
        assertThat(output.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WARNING: Your schema specifies the following datasource properties but you are using a Driver Adapter via prisma.config.ts:",
                "warn The configuration property `package.json#prisma` is deprecated and will be removed in Prisma 7.",
                "WARNING: License service not loaded, cannot determine Liquibase Pro license status.",
                "WARNING: Flyway upgrade recommended: PostgreSQL 18.1 is newer than this version of Flyway and support has not been tested.",
                "(node:4711) [DEP0040] DeprecationWarning: The `punycode` module is deprecated.",
                "npm warn deprecated inflight@1.0.6: This module is not supported",
                "WARNING: A terminally deprecated method in sun.misc.Unsafe has been called",
                "SET client_min_messages = WARNING",
                "Prisma config detected, skipping environment variable loading."
            })
    void saysNothing_ofWhatToolsPrintOnEveryGoodRun(String line) {
        ToolOutput output = ToolOutput.of(line);

        assertThat(output.warnings()).isEmpty();
        assertThat(output.notices()).isEmpty();
        assertThat(output.errors()).isEmpty();
    }

    @Test
    void keepsRoutineNoticesApart() {
        ToolOutput output = ToolOutput.of("NOTICE:  table \"x\" does not exist, skipping");

        assertThat(output.warnings()).isEmpty();
        assertThat(output.notices()).hasSize(1);
        assertThat(output.skipped()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HINWEIS:  Relation »Lines By No« existiert bereits, wird übersprungen",
                "NOTICE:  la relation « Lines By No » existe déjà, poursuite du traitement",
                "ЗАМЕЧАНИЕ:  отношение \"Lines By No\" уже существует, пропускается",
                "NOTIS:  relationen \"Lines By No\" finns redan, hoppar över",
                "ПОВІДОМЛЕННЯ:  відношення \"Lines By No\" вже існує, пропускаємо",
                "გაფრთხილება:  შეერთება \"Lines By No\" უკვე არსებობს, გამოტოვება"
            })
    void knowsWhatWasSkipped_inOtherLanguages(String line) {
        assertThat(ToolOutput.of(line).skipped()).contains("Lines By No");
    }
}
