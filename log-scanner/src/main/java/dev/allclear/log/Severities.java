package dev.allclear.log;

/** Knows a severity as PostgreSQL prints it from the same word of somebody else. */
final class Severities {
    private static final String[] ENGLISH = {"ERROR:", "FATAL:", "PANIC:"};
    private static final String[] TRANSLATED = {
        "FEHLER:", "ERREUR:", "ERREUR :", "ERRO:", "ERRORE:", "FATALE:", "PANIK:", "ОШИБКА:", "ВАЖНО:", "错误:", "致命错误:"
    };

    private Severities() {}

    /** With two blanks behind the colon and no capital, unless in a translation. */
    static boolean asServer(String record) {
        return stands(record, ENGLISH, 2, false) || stands(record, TRANSLATED, 2, true);
    }

    /** With one blank or two, and a small letter or a quotation mark: as drivers repeat it. */
    static boolean asDriver(String text) {
        return stands(text, ENGLISH, 1, false);
    }

    private static boolean stands(String text, String[] words, int blanks, boolean anyLetter) {
        for (String word : words) {
            for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
                if (begins(text, at) && goesOn(text, at + word.length(), blanks, anyLetter)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean begins(String text, int at) {
        return at == 0 || !(Character.isLetterOrDigit(text.charAt(at - 1)) || ".-_".indexOf(text.charAt(at - 1)) >= 0);
    }

    private static boolean goesOn(String text, int from, int blanks, boolean anyLetter) {
        int at = from;
        while (at < text.length() && at < from + 2 && text.charAt(at) == ' ') {
            at++;
        }
        if (at - from < blanks || at == text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return anyLetter || (Character.isLetter(c) ? !Character.isUpperCase(c) : blanks == 2 || c == '"' || c == '«');
    }
}
