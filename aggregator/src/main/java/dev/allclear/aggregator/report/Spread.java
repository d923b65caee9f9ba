package dev.allclear.aggregator.report;

import java.util.List;

/** Single measured times, in ascending order, and where their middle half lies. */
record Spread(List<Double> millis) {
    Spread {
        if (millis.isEmpty()) {
            throw new IllegalArgumentException("no times have no spread");
        }
        millis = millis.stream().sorted().toList();
    }

    /** By linear interpolation between the neighbours, as R's default type 7. */
    double quantile(double share) {
        double position = share * (millis.size() - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, millis.size() - 1);
        return millis.get(below) + (position - below) * (millis.get(above) - millis.get(below));
    }

    double median() {
        return quantile(0.5);
    }
}
