package dev.allclear.log;

/** A record as one line: terminal colours gone, escaped quotes and line ends undone, white space collapsed. */
final class PlainText {
    private PlainText() {}

    static String of(String record) {
        StringBuilder out = new StringBuilder(record.length());
        boolean csv = record.contains(",\"") && record.contains("\"\"");
        boolean blank = true;
        for (int i = 0; i < record.length(); i++) {
            char c = record.charAt(i);
            if (c == '\u001b' && i + 1 < record.length() && record.charAt(i + 1) == '[') {
                i = endOfColour(record, i + 2);
                continue;
            }
            if (c == '\\' && i + 1 < record.length()) {
                char escaped = record.charAt(i + 1);
                if (escaped == '"' || escaped == '\\' || escaped == '/') {
                    continue;
                }
                if (escaped == 'n' || escaped == 't' || escaped == 'r') {
                    c = ' ';
                    i++;
                }
            } else if (csv && c == '"' && i + 1 < record.length() && record.charAt(i + 1) == '"') {
                continue;
            }
            boolean isBlank = c <= ' ';
            if (!isBlank) {
                out.append(c);
            } else if (!blank) {
                out.append(' ');
            }
            blank = isBlank;
        }
        return out.toString();
    }

    private static int endOfColour(String record, int from) {
        int i = from;
        while (i < record.length()
                && i < from + 16
                && (Character.isDigit(record.charAt(i)) || record.charAt(i) == ';')) {
            i++;
        }
        return Math.min(i, record.length() - 1);
    }
}
