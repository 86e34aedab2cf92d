package dev.halfwave.compile;

import dev.halfwave.tensor.Shape;
import java.util.List;

/**
 * What a program does: every step with the rules that made it, its algorithm, its arithmetic and its place in memory.
 *
 * <p>Printed, it is a table. Operations and bytes are those of the ops' definitions: what Winograd's algorithm saves is
 * not taken off, what a kernel reads twice or keeps for itself is not added. The steps of a run overwrite one another's
 * memory: a line that says until when a place holds its value shows what is kept for the backward pass.
 *
 * @param kernels the provider of the kernels
 * @param arenaBytes what one run needs besides parameters
 * @param unsharedBytes what the arena would take if no memory were used twice
 * @param preparedBytes what is derived from the parameters and kept
 * @param lines first what runs once per version of the parameters, then the steps of every run
 */
public record Explanation(String kernels, long arenaBytes, long unsharedBytes, long preparedBytes, List<Line> lines) {
    /** Keeps its own copy of the list. */
    public Explanation {
        lines = List.copyOf(lines);
    }

    /** Floating-point operations of each run. */
    public long flops() {
        return lines.stream()
                .filter(line -> !line.once())
                .mapToLong(Line::flops)
                .sum();
    }

    /** Bytes of all inputs and outputs of the steps of each run. */
    public long bytes() {
        return lines.stream()
                .filter(line -> !line.once())
                .mapToLong(Line::bytes)
                .sum();
    }

    /** The table. */
    @Override
    public String toString() {
        return ExplanationTable.of(this);
    }

    /**
     * One step.
     *
     * @param number its place in every run, counted from 1; 0 if it runs once per version of the parameters
     * @param name the node it computes, as in {@code conv2d_1.relu}
     * @param op what it computes, as in {@code conv2d}; {@code pack} if it brings filters or weights into a kernel's form
     * @param attributes the op in full, as in {@code Activate[activation=Relu[]]}
     * @param rules the rewrite rules that made it, in the order in which they did
     * @param algorithm how it computes; empty where there is but one way
     * @param output the shape of its first output
     * @param flops floating-point operations, a product and a sum counting as one each
     * @param bytes the sizes of its inputs and outputs
     * @param place where its first output lies, as in {@code arena+12}
     * @param until the number of the last step that needs what lies there; 0 if it lasts beyond the run
     */
    public record Line(
            int number,
            String name,
            String op,
            String attributes,
            List<String> rules,
            String algorithm,
            Shape output,
            long flops,
            long bytes,
            String place,
            int until) {
        /** Keeps its own copy of the list. */
        public Line {
            rules = List.copyOf(rules);
        }

        /** Whether it runs once per version of the parameters instead of in every run. */
        public boolean once() {
            return number == 0;
        }
    }
}
