package dev.halfwave.graph;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of a value that a graph exists to compute.
 *
 * <p>Results are the keys of a graph's map, so every process compares some before it does anything else. What records
 * generate for that is linked at first use, which takes longer than building a graph; hence it is written out.
 */
public sealed interface Result {
    /**
     * It is read by the caller.
     *
     * @param name the name to read it by
     */
    record Output(String name) implements Result {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Output result && name.equals(result.name);
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    /**
     * It replaces a parameter once the run is committed, as a moving average does.
     *
     * @param parameter the parameter's key
     */
    record Update(String parameter) implements Result {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Update result && parameter.equals(result.parameter);
        }

        @Override
        public int hashCode() {
            return parameter.hashCode() + 1;
        }
    }

    /**
     * It is the loss's gradient with respect to a parameter.
     *
     * @param parameter the parameter's key
     */
    record Gradient(String parameter) implements Result {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Gradient result && parameter.equals(result.parameter);
        }

        @Override
        public int hashCode() {
            return parameter.hashCode() + 2;
        }
    }
}
