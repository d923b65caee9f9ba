package dev.allclear.cli.progress;

import java.util.List;

/** Text measured in the cells of a terminal: a Chinese character takes two, an accent that stands above its letter none. */
final class Cells {
    /** East Asian scripts begin there; what is narrow beyond it is counted too wide, which only cuts a line early. */
    private static final int FIRST_WIDE = 0x1100;

    /** Punctuation, arrows, mathematics, box drawing and dingbats lie beyond that, and are narrow. */
    private static final int NARROW_FROM = 0x1E00;

    private static final int NARROW_TO = 0x2E7F;

    private Cells() {}

    /** A piece of a line, and how it is painted (an SGR code, or nothing). */
    record Piece(String text, String code) {}

    static int width(String text) {
        return text.codePoints().map(Cells::width).sum();
    }

    /** As much of it as fits; an ellipsis says that there is more. */
    static String cut(String text, int cells) {
        if (width(text) <= cells) {
            return text;
        }
        StringBuilder kept = new StringBuilder();
        int left = cells - 1;
        for (int code : text.codePoints().toArray()) {
            left -= width(code);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(code);
        }
        return cells < 1 ? "" : kept.append('…').toString();
    }

    /** Cut or filled up with spaces to exactly this width. */
    static String pad(String text, int cells) {
        String fitting = cut(text, cells);
        return fitting + " ".repeat(Math.max(0, cells - width(fitting)));
    }

    /** One line no wider than this, painted after it was cut, so that no escape sequence is ever torn. */
    static String line(List<Piece> pieces, int cells, boolean colour) {
        StringBuilder line = new StringBuilder();
        int left = cells;
        for (Piece piece : pieces) {
            String text = cut(piece.text(), left);
            left -= width(text);
            line.append(
                    colour && !piece.code().isEmpty() && !text.isBlank()
                            ? "\u001b[" + piece.code() + "m" + text + "\u001b[0m"
                            : text);
        }
        return line.toString().stripTrailing();
    }

    private static int width(int code) {
        int type = Character.getType(code);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return code < FIRST_WIDE || (code >= NARROW_FROM && code <= NARROW_TO) ? 1 : 2;
    }
}
