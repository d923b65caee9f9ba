package dev.allclear.latency;

/**
 * An index and whether queries can use it.
 *
 * @param name {@code schema.index}
 * @param sqlName the same, quoted where SQL wants it
 * @param definition the statement that would create it; empty when it could not be asked for without waiting
 * @param valid false after a failed concurrent build
 * @param waits true when it serves only transactions that began after every older one has ended ({@code indcheckxmin})
 */
record IndexState(String name, String sqlName, String definition, boolean valid, boolean waits) {
    /** Method, columns and condition without the index's name: {@code btree (customer_id)}. */
    String keys() {
        int using = definition.indexOf(" USING ");
        return using < 0 ? definition : definition.substring(using);
    }
}
