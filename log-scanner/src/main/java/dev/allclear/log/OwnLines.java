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

    private boolean namesMigration(String record) {
        int end = record.indexOf("ERROR:");
        int fatal = record.indexOf("FATAL:");
        int prefix = end < 0 ? fatal : fatal < 0 ? end : Math.min(end, fatal);
        boolean structured =
                record.contains("\"application_name\"") || record.contains(",ERROR,") || record.contains(",FATAL,");
        String head = structured ? record : prefix > 0 ? record.substring(0, prefix) : "";
        return applicationNames.stream().anyMatch(head::contains);
    }
}
