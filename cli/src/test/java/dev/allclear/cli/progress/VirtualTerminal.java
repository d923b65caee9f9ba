package dev.allclear.cli.progress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody sees on a terminal that was sent this: the few control sequences that progress uses, and only those. Anything else is a
 * defect and thrown. What scrolled out at the top is seen too.
 */
public final class VirtualTerminal {
    private static final Pattern SEQUENCE = Pattern.compile("\u001b\\[(\\??)([0-9;]*)([A-Za-z])");

    private final int columns;
    private final int lines;
    private final List<char[]> scrolled = new ArrayList<>();
    private final List<char[]> screen = new ArrayList<>();
    private int row;
    private int column;
    private boolean wraps = true;

    public VirtualTerminal(int columns, int lines) {
        this.columns = columns;
        this.lines = lines;
        while (screen.size() < lines) {
            screen.add(blank());
        }
    }

    public VirtualTerminal feed(String text) {
        Matcher sequence = SEQUENCE.matcher(text);
        for (int at = 0; at < text.length(); at++) {
            char next = text.charAt(at);
            if (next != '\u001b') {
                put(next);
                continue;
            }
            if (!sequence.region(at, text.length()).lookingAt()) {
                throw new AssertionError("no sequence of ours at "
                        + text.substring(at, Math.min(text.length(), at + 10)).replace('\u001b', '^'));
            }
            obey(sequence.group(1), sequence.group(2), sequence.group(3).charAt(0));
            at = sequence.end() - 1;
        }
        return this;
    }

    /** All that can be seen or scrolled back to, without empty lines at the end. */
    public String text() {
        List<char[]> all = new ArrayList<>(scrolled);
        all.addAll(screen);
        return String.join(
                        "\n",
                        all.stream()
                                .map(line -> new String(line).stripTrailing())
                                .toList())
                .stripTrailing();
    }

    public boolean isAtTheBeginningOfALine() {
        return column == 0;
    }

    public boolean wraps() {
        return wraps;
    }

    private void put(char next) {
        if (next == '\r') {
            column = 0;
        } else if (next == '\n') {
            lineFeed();
        } else if (next < ' ') {
            throw new AssertionError("control character " + (int) next);
        } else {
            if (column == columns) {
                if (wraps) {
                    column = 0;
                    lineFeed();
                } else {
                    column--;
                }
            }
            screen.get(row)[column++] = next;
        }
    }

    private void lineFeed() {
        if (row < lines - 1) {
            row++;
        } else {
            scrolled.add(screen.remove(0));
            screen.add(blank());
        }
    }

    private void obey(String mark, String argument, char what) {
        String sequence = mark + argument + what;
        switch (what) {
            case 'm' -> {}
            case 'A' -> row = Math.max(0, row - Integer.parseInt(argument));
            case 'K' -> Arrays.fill(screen.get(row), column, columns, ' ');
            case 'J' -> {
                Arrays.fill(screen.get(row), column, columns, ' ');
                screen.subList(row + 1, lines).forEach(below -> Arrays.fill(below, ' '));
            }
            case 'h' -> wraps = mode(sequence, "?7h", true);
            case 'l' -> wraps = mode(sequence, "?7l", false);
            default -> throw new AssertionError("sequence " + sequence);
        }
    }

    /** The cursor's visibility, for one, is none of our business. */
    private static boolean mode(String sequence, String known, boolean set) {
        if (!sequence.equals(known)) {
            throw new AssertionError("mode " + sequence);
        }
        return set;
    }

    private char[] blank() {
        char[] line = new char[columns];
        Arrays.fill(line, ' ');
        return line;
    }
}
