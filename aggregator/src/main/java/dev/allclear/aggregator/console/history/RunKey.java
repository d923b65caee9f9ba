package dev.allclear.aggregator.console.history;

import dev.allclear.event.AllclearEvent;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;

/** A run of one database: a deployment of several databases may give all of its runs one name. */
public record RunKey(DatabaseName database, RunId run) {
    public static RunKey of(AllclearEvent event) {
        return new RunKey(event.database(), event.run());
    }
}
