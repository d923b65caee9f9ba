package dev.allclear.log;

import java.util.List;

/**
 * Lines that tell of Allclear's own sessions or of the migration's: not the application's errors. Both are known by the application
 * name in the server's line prefix.
 */
record OwnLines(List<String> applicationNames) {
    private static final List<String> OURS = List.of(
            "allclear/status/",
            "allclear/latency/",
            "allclear/locks/",
            "allclear/rows/",
            "allclear/logs/",
            "allclear-run/");
    private static final int SHORTEST_NAME = 3;

    OwnLines {
        applicationNames = applicationNames.stream()
                .filter(name -> name.length() >= SHORTEST_NAME)
                .toList();
    }

    boolean contains(String record) {
        for (String mark : OURS) {
            if (record.contains(mark)) {
                return true;
            }
        }
        return !applicationNames.isEmpty() && namesMigration(record);
    }

    /** By the name alone and in its place: in a structured report the field, else a word of what stands before the severity. */
    private boolean namesMigration(String record) {
        if (record.contains("\"application_name\"")) {
            return applicationNames.stream()
                    .anyMatch(name -> record.contains("\"application_name\":\"" + name + "\"")
                            || record.contains("\"application_name\": \"" + name + "\""));
        }
        if (record.contains(",ERROR,") || record.contains(",FATAL,")) {
            return applicationNames.stream().anyMatch(name -> record.contains(",\"" + name + "\""));
        }
        int error = record.indexOf("ERROR:");
        int fatal = record.indexOf("FATAL:");
        int end = error < 0 ? fatal : fatal < 0 ? error : Math.min(error, fatal);
        String head = record.substring(0, Math.max(0, end));
        return applicationNames.stream().anyMatch(name -> holdsWord(head, name));
    }

    private static boolean holdsWord(String head, String name) {
        for (int at = head.indexOf(name); at >= 0; at = head.indexOf(name, at + 1)) {
            int end = at + name.length();
            if ((at == 0 || !isOfWord(head.charAt(at - 1))) && (end == head.length() || !isOfWord(head.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '-' || c == '.';
    }
}
