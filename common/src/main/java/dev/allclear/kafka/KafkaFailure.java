package dev.allclear.kafka;

import dev.allclear.config.KafkaConfig;
import org.jspecify.annotations.Nullable;

/** Kafka did not do what was asked of it in time; one sentence for the operator, naming the address. */
public final class KafkaFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private KafkaFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static KafkaFailure of(KafkaConfig config, String what, @Nullable Throwable cause) {
        String why = cause == null ? "" : ": " + reasonOf(cause);
        return new KafkaFailure(config + " " + what + why, cause);
    }

    /** The innermost message, on one line. */
    static String reasonOf(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return innermost.getClass().getSimpleName()
                + (message == null ? "" : " (" + message.replaceAll("\\s+", " ").strip() + ")");
    }
}
