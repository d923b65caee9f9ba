package dev.allclear.service;

import dev.allclear.event.AllclearEvent;
import dev.allclear.model.DatabaseName;
import dev.allclear.model.RunId;

/** A run of one database: a deployment of several databases may well give all of its runs one name. */
record RunKey(DatabaseName database, RunId run) implements Comparable<RunKey> {
    static RunKey of(AllclearEvent event) {
        return new RunKey(event.database(), event.run());
    }

    @Override
    public int compareTo(RunKey other) {
        int byDatabase = database.value().compareTo(other.database.value());
        return byDatabase != 0 ? byDatabase : run.value().compareTo(other.run.value());
    }
}
