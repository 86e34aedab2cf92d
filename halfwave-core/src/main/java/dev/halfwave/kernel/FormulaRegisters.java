package dev.halfwave.kernel;

import java.util.Arrays;

/** One thread's memory for formulas: registers that are blocks of their own, and some that point into tensors. */
final class FormulaRegisters {
    /** The register that holds x, or y in a derivative that is a formula of y. */
    static final int VARIABLE = 0;

    /** The register that holds dy. */
    static final int UPSTREAM = 1;

    /** The register that the last step writes. */
    static final int RESULT = 2;

    /** A register for use within one step. */
    static final int SPARE = 3;

    /** The first register for intermediate results. */
    static final int FIRST_FREE = 4;

    private static final float[] NOTHING = {};

    private float[][] data = {NOTHING, NOTHING, NOTHING, new float[FormulaProgram.BLOCK]};
    private final int[] starts = new int[SPARE];

    /** Makes sure there are that many registers. */
    void grow(int registers) {
        int had = data.length;
        if (had < registers) {
            data = Arrays.copyOf(data, registers);
            for (int i = had; i < registers; i++) {
                data[i] = new float[FormulaProgram.BLOCK];
            }
        }
    }

    /** Lets one of the first three registers point into an array. */
    void aim(int register, float[] array, int start) {
        data[register] = array;
        starts[register] = start;
    }

    /** Forgets the arrays that registers pointed into, so that they can be collected. */
    void release() {
        Arrays.fill(data, 0, SPARE, NOTHING);
    }

    float[] data(int register) {
        return data[register];
    }

    int start(int register) {
        return register < SPARE ? starts[register] : 0;
    }
}
