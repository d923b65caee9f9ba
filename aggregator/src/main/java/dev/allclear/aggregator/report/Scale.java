package dev.allclear.aggregator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/** Times on a logarithmic axis from one power of ten to another, so that 0.08 ms and 46 ms can stand on one picture. */
record Scale(double left, double width, int least, int most) {
    private static final double SMALLEST = 0.001;

    static Scale of(double left, double width, DoubleStream millis) {
        double[] values =
                millis.map(value -> Math.max(value, SMALLEST)).sorted().toArray();
        int least = values.length == 0 ? 0 : (int) Math.floor(Math.log10(values[0]));
        int most = values.length == 0 ? 1 : (int) Math.ceil(Math.log10(values[values.length - 1]));
        return new Scale(left, width, least, Math.max(most, least + 1));
    }

    double x(double millis) {
        double at = (Math.log10(Math.max(millis, SMALLEST)) - least) / (most - least);
        return left + width * Math.max(0, Math.min(1, at));
    }

    /** The powers of ten, in milliseconds. */
    List<Double> ticks() {
        List<Double> ticks = new ArrayList<>();
        for (int power = least; power <= most; power++) {
            ticks.add(Math.pow(10, power));
        }
        return ticks;
    }
}
