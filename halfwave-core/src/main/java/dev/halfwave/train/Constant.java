package dev.halfwave.train;

/** The same rate all the time. */
public record Constant() implements Schedule {
    @Override
    public String name() {
        return "constant";
    }

    @Override
    public double factor(double progress) {
        return 1;
    }
}
