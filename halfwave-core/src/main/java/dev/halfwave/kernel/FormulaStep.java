package dev.halfwave.kernel;

import java.util.Arrays;

/** One step of a {@link FormulaProgram}; operands and results are numbers of {@link FormulaRegisters}. */
sealed interface FormulaStep {
    /** Does the step for the first n elements of the current block. */
    void run(FormulaRegisters r, int n);

    /** out = f(a). */
    record Apply(BlockMath.Unary loop, int a, int out) implements FormulaStep {
        @Override
        public void run(FormulaRegisters r, int n) {
            float[] spare = r.data(FormulaRegisters.SPARE);
            loop.run(r.data(a), r.start(a), r.data(out), r.start(out), n, spare, 0);
        }
    }

    /** out = a ∘ b. */
    record Combine(BlockMath.Binary loop, int a, int b, int out) implements FormulaStep {
        @Override
        public void run(FormulaRegisters r, int n) {
            loop.run(r.data(a), r.start(a), r.data(b), r.start(b), r.data(out), r.start(out), n);
        }
    }

    /** out = a ∘ number, or number ∘ a. */
    record CombineNumber(BlockMath.WithNumber loop, int a, float number, int out) implements FormulaStep {
        @Override
        public void run(FormulaRegisters r, int n) {
            loop.run(r.data(a), r.start(a), number, r.data(out), r.start(out), n);
        }
    }

    /** out = test &gt; 0 ? positive : otherwise. */
    record Select(BlockMath math, int test, int positive, int otherwise, int out) implements FormulaStep {
        @Override
        public void run(FormulaRegisters r, int n) {
            math.select(
                    r.data(test),
                    r.start(test),
                    r.data(positive),
                    r.start(positive),
                    r.data(otherwise),
                    r.start(otherwise),
                    r.data(out),
                    r.start(out),
                    n);
        }
    }

    /** out = number. */
    record Fill(float number, int out) implements FormulaStep {
        @Override
        public void run(FormulaRegisters r, int n) {
            Arrays.fill(r.data(out), r.start(out), r.start(out) + n, number);
        }
    }
}
