package dev.halfwave.op;

import dev.halfwave.kernel.ReduceKernels;
import java.util.function.DoubleBinaryOperator;

/** A way of making many numbers one. */
public enum Reduction {
    /** Their sum; 0 if there are none. */
    SUM(0, Double::sum),
    /** Their sum divided by their number; not a number if there are none. */
    MEAN(0, Double::sum),
    /** The largest; not a number if one of them is not, −∞ if there are none. */
    MAX(Double.NEGATIVE_INFINITY, Math::max),
    /** The smallest; not a number if one of them is not, ∞ if there are none. */
    MIN(Double.POSITIVE_INFINITY, Math::min),
    /** Their product; 1 if there are none. */
    PRODUCT(1, (a, b) -> a * b);

    private final double neutral;

    @SuppressWarnings("ImmutableEnumChecker") // a function without state
    private final DoubleBinaryOperator operator;

    Reduction(double neutral, DoubleBinaryOperator operator) {
        this.neutral = neutral;
        this.operator = operator;
    }

    /** What no numbers at all come to, before a mean is divided. */
    double neutral() {
        return neutral;
    }

    /** What two numbers come to, before a mean is divided. */
    double at(double a, double b) {
        return operator.applyAsDouble(a, b);
    }

    /** The loops, before a mean is divided. */
    ReduceKernels.Reducer loops(ReduceKernels kernels) {
        return switch (this) {
            case SUM, MEAN -> kernels.sum();
            case MAX -> kernels.max();
            case MIN -> kernels.min();
            case PRODUCT -> kernels.product();
        };
    }
}
