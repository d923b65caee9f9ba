package dev.allclear.codec;

import dev.allclear.model.Excerpt;

/** A payload is not an event of the contract. The message says why in one short line and repeats at most a bounded excerpt of the payload. */
public final class UndecodableEvent extends Exception {
    private static final long serialVersionUID = 1;
    private static final int LONGEST = 300;

    public UndecodableEvent(String reason) {
        super(Excerpt.of(reason, LONGEST), null, false, false);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
