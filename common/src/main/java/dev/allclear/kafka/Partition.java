package dev.allclear.kafka;

import dev.allclear.model.DatabaseName;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** A partition of a topic of the contract. */
public record Partition(Topic topic, int number) {
    public Partition {
        if (number < 0) {
            throw new IllegalArgumentException("partition " + number + " of " + topic.label() + " is negative");
        }
    }

    /** Where every event of a database belongs: what Java's producer does with a key, which other languages' clients may not do. */
    public static int of(DatabaseName database, int partitions) {
        byte[] key = database.value().getBytes(StandardCharsets.UTF_8);
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    @Override
    public String toString() {
        return topic.label() + "-" + number;
    }
}
