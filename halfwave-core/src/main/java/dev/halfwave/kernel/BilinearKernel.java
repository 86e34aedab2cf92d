package dev.halfwave.kernel;

/**
 * A kernel specialised to one shape that combines two operands linearly in each: a convolution, a matrix product, or a
 * gradient of one. {@code out = f(a ∘ b + bias)}, where bias and f are there only if the kernel was made with them.
 *
 * <p>Operand b is first packed into the order in which the inner loop reads it. Packing depends on b alone, so the
 * caller may keep the result for as long as b does not change. Then come the phases in order; the tasks of one phase
 * are independent of one another and may run on any thread in any order. How a result is summed up never depends on
 * which thread ran what: the number of tasks follows from the shape alone.
 *
 * <p>A kernel holds no data and is safe to share.
 */
public interface BilinearKernel {
    /** How it computes, in a word or two, as in {@code winograd in blocks}. */
    String algorithm();

    /** The length of packed b in floats; 0 if the kernel reads b as it stands, and b itself is passed as packed. */
    int packedFloats();

    /** The number of independent packing tasks. */
    int packTasks();

    /** Does one packing task. */
    void pack(float[] b, int bo, float[] packed, int po, int task);

    /** The length of the scratch area in floats that all phases of one call share; 0 if none is needed. */
    int scratchFloats();

    /** The number of phases, 1 or more. */
    int phases();

    /** The number of independent tasks of a phase. */
    int tasks(int phase);

    /**
     * Does one task of one phase.
     *
     * @param a the first operand, from {@code ao}
     * @param packed the second operand as {@link #pack} left it, from {@code po}
     * @param bias one number per output channel, from {@code biasO}; not read if the kernel has no bias
     * @param out the result, from {@code oo}; fully written once all phases are done, and not read unless the kernel was made to add to it
     * @param scratch {@link #scratchFloats()} floats, from {@code so}, with any content
     */
    void run(
            int phase,
            int task,
            float[] a,
            int ao,
            float[] packed,
            int po,
            float[] bias,
            int biasO,
            float[] out,
            int oo,
            float[] scratch,
            int so);
}
