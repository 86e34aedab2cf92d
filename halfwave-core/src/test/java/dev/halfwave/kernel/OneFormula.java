package dev.halfwave.kernel;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Formula;
import dev.halfwave.activation.Interval;

/** An activation that is nothing but its formulas. */
record OneFormula(Formula value, Formula derivative) implements Activation {
    @Override
    public String name() {
        return "formula";
    }

    @Override
    public Interval range() {
        return Interval.ALL;
    }

    @Override
    public Interval derivativeRange() {
        return Interval.ALL;
    }

    @Override
    public boolean monotone() {
        return false;
    }

    @Override
    public String source() {
        return "a test";
    }
}
