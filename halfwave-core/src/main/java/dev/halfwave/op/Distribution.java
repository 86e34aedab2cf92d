package dev.halfwave.op;

import dev.halfwave.kernel.NormalQuantile;

/** How {@link RandomFactor} draws a factor from 32 random bits. */
public sealed interface Distribution {
    /** The factor that the bits stand for. */
    double at(int bits);

    /**
     * 0 with the given probability, otherwise what keeps the mean at 1.
     *
     * @param rate the probability of 0, from 0 to below 1
     */
    record Kept(double rate) implements Distribution {
        /** @throws IllegalArgumentException if the rate is not in [0, 1) */
        public Kept {
            if (!(rate >= 0 && rate < 1)) {
                throw new IllegalArgumentException("kept: expected a rate from 0 to below 1, received " + rate
                        + "; it is the share that vanishes");
            }
        }

        @Override
        public double at(int bits) {
            return Integer.toUnsignedLong(bits) < rate * 0x1p32 ? 0 : 1 / (1 - rate);
        }
    }

    /**
     * Anything between two bounds, each as likely as the other.
     *
     * @param low the lower bound
     * @param high the upper bound, not below the lower one
     */
    record Uniform(double low, double high) implements Distribution {
        /** @throws IllegalArgumentException if the bounds are the wrong way round or not finite */
        public Uniform {
            if (!(low <= high && high - low < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "uniform: expected a lower bound up to the upper one, received " + low + " and " + high);
            }
        }

        @Override
        public double at(int bits) {
            return low + (high - low) * ((Integer.toUnsignedLong(bits) + 0.5) * 0x1p-32);
        }
    }

    /** The standard normal distribution: mean 0, variance 1. */
    record Normal() implements Distribution {
        @Override
        public double at(int bits) {
            return NormalQuantile.of(bits);
        }
    }
}
