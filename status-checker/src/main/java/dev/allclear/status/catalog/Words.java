package dev.allclear.status.catalog;

/** How the coming and going of an object is told. */
final class Words {
    private Words() {}

    static String creation(CatalogObject now) {
        return switch (now.kind()) {
            case COLUMN ->
                "added: " + now.trait("type").orElse("") + (now.is("nullable") ? "" : " not null")
                        + (now.trait("default").isPresent() ? " with a default" : "");
            case INDEX ->
                "created on " + now.table() + (now.isInvalidIndex() ? ", invalid: queries do not use it" : "");
            case CONSTRAINT -> "added: " + now.trait("definition").orElse("");
            case EXTENSION -> "created, version " + now.trait("version").orElse("?");
            case PARTITION -> "attached" + (now.is("pending") ? ", and half detached" : "");
            case TYPE -> "created: " + now.trait("definition").orElse("");
            case TABLE -> now.is("unlogged") ? "created, unlogged" : "created";
            case VIEW -> now.is("empty") ? "created, not populated" : "created";
            case TRIGGER -> triggerCreation(now);
            case POLICY ->
                "created " + (now.is("permissive") ? "" : "as restrictive ") + "for "
                        + now.trait("for").orElse("ALL") + " to "
                        + now.trait("to").orElse("PUBLIC");
            case GRANT -> "given: " + Grant.list(Grant.of(now));
            case SCHEMA, SEQUENCE, RULE, FUNCTION -> "created";
        };
    }

    /** A derived one, made for a constraint or from a parent's, is in the catalog only while it does not fire as usual. */
    private static String triggerCreation(CatalogObject now) {
        String fires = now.trait("fires").orElse("O");
        if (now.is("derived")) {
            return now.trait("constraint")
                            .map(constraint -> "of constraint " + constraint + " ")
                            .orElse("")
                    + "is now " + firing(fires);
        }
        return "created, calls " + now.trait("function").orElse("?") + (fires.equals("O") ? "" : ", " + firing(fires));
    }

    static String removal(CatalogObject old) {
        return switch (old.kind()) {
            case PARTITION -> "detached";
            case GRANT -> "back to the default, lost: " + Grant.list(Grant.of(old));
            case TRIGGER -> old.is("derived") ? "fires as usual again, or is gone" : "dropped";
            // a NOT NULL constraint is listed only while it is not validated
            case CONSTRAINT ->
                old.trait("definition").orElse("").startsWith("NOT NULL ") ? "validated or dropped" : "dropped";
            case EXTENSION, SCHEMA, TYPE, TABLE, COLUMN, INDEX, SEQUENCE, VIEW, RULE, POLICY, FUNCTION -> "dropped";
        };
    }

    /** What {@code pg_trigger.tgenabled} means. */
    static String firing(String fires) {
        return switch (fires) {
            case "D" -> "disabled";
            case "R" -> "fires on replicas only";
            case "A" -> "fires always";
            default -> "enabled";
        };
    }
}
