package dev.allclear.aggregator.stream;

/** Where a record came from. */
record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
