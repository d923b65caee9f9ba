package dev.allclear.config;

import java.util.List;

/** The configuration is wrong; says everything that is, one sentence each. A process that meets it ends with exit code 2. */
public final class InvalidConfiguration extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final List<String> mistakes;

    public InvalidConfiguration(List<String> mistakes) {
        super("the configuration has " + mistakes.size() + (mistakes.size() == 1 ? " mistake" : " mistakes") + ":\n  "
                + String.join("\n  ", mistakes));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<String> mistakes() {
        return mistakes;
    }
}
