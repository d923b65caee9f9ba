package dev.allclear.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputTailTest {
    private final OutputTail tail = new OutputTail();

    @Test
    void keepsTheFirstErrorAndTheLastLine_howeverMuchIsPrinted() {
        feed("ERROR: the cause\n");
        for (int i = 0; i < 10_000; i++) {
            feed("row " + i + "\n");
        }

        String kept = tail.text();

        assertThat(kept).startsWith("ERROR: the cause\n").endsWith("row 9999\n");
        assertThat(kept.lines().count()).isLessThanOrEqualTo(400);
    }

    @Test
    void keepsAnErrorInTheMiddle_howeverManyNoticesStandBeforeIt() {
        feed("NOTICE:  relation exists, skipping\n".repeat(1_000));
        feed("psql:m.sql:7: FEHLER:  Relation fehlt\n");
        feed("row\n".repeat(1_000));

        assertThat(tail.text()).contains("FEHLER:  Relation fehlt");
    }

    @Test
    void keepsTheErrorOfALongFile(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("migrate.log");
        Files.writeString(file, "ERROR: the cause\n" + "row\n".repeat(200_000) + "last");

        assertThat(OutputTail.of(file)).startsWith("ERROR: the cause\n").endsWith("last\n");
    }

    @Test
    void isBounded_whenALineNeverEnds() {
        OutputTail.Lines lines = tail.lines();
        byte[] endless = "x".repeat(8_192).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1_000; i++) {
            lines.feed(endless, endless.length);
        }
        lines.flush();

        assertThat(tail.text().length()).isBetween(500, 2_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: x",
                "x Fatal: y",
                "PANIC",
                "FEHLER: x",
                "PANIK: x",
                "ERREUR : x",
                "ERRORE: x",
                "ERRO: x",
                "BŁĄD: x",
                "ОШИБКА: x",
                "エラー: x",
                "错误: x",
                "오류: x",
                "FEL: x",
                "HATA: x",
                "ПОМИЛКА: x",
                "შეცდომა: x",
                "錯誤: x",
                "psql:m.sql:2: error: x",
                "psql:m.sql:2: Fehler: x",
                "psql:m.sql:2: ошибка: x",
                "psql:m.sql:2: σφάλμα: x",
                "m.sql: No such file or directory",
                "invalid command \\x",
                "ungültige Anweisung \\x",
                "\\copy: Parse-Fehler",
                "m.sql: Permission denied",
                "m.sql: Is a directory",
                "m.sql: Datei oder Verzeichnis nicht gefunden",
                "m.sql : Aucun fichier ou dossier de ce type",
                "m.sql: No existe el fichero o el directorio",
                "m.sql: File o directory non esistente",
                "m.sql: Nie ma takiego pliku ani katalogu",
                "m.sql: Filen eller katalogen finns inte",
                "VARNING: x",
                "NOTIS: x",
                "ПОПЕРЕДЖЕННЯ: x",
                "Warning x",
                "[WARN] x",
                "NOTICE: x",
                "is deprecated",
                "skipping",
                "WARNUNG: x",
                "HINWEIS: x",
                "ATTENTION : x",
                "AVERTISSEMENT",
                "ADVERTENCIA: x",
                "ATTENZIONE: x",
                "NOTIFICA: x",
                "AVISO: x",
                "NOTA: x",
                "ПРЕДУПРЕЖДЕНИЕ: x",
                "ЗАМЕЧАНИЕ: x",
                "警告: x",
                "注意: x",
                "경고: x",
                "알림: x"
            })
    void keepsWhatLooksLikeAnErrorOrAWarning_howeverMuchFollows(String line) {
        feed("first\n" + line + "\n" + "row\n".repeat(1_000));

        assertThat(tail.text()).startsWith(line + "\nrow\n");
    }

    /** A control character is six bytes in JSON, and an event has a limit. */
    @Test
    void keepsNoControlCharacters() {
        feed("\u001b[31mERROR:\u001b[0m\u0000\u0007 red\r\n");

        assertThat(tail.text()).isEqualTo("ERROR: red\n");
    }

    @Test
    void doesNotMixTheLinesOfTwoStreams() {
        OutputTail.Lines out = tail.lines();
        OutputTail.Lines err = tail.lines();
        feed(out, "half ");
        feed(err, "ERROR: whole\n");
        feed(out, "and half\n");

        assertThat(tail.text()).isEqualTo("ERROR: whole\nhalf and half\n");
    }

    private void feed(String text) {
        OutputTail.Lines lines = tail.lines();
        feed(lines, text);
    }

    private static void feed(OutputTail.Lines lines, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.feed(bytes, bytes.length);
    }
}
