package dev.halfwave.op;

import dev.halfwave.kernel.Kernels;

/**
 * What one step of a {@link Recurrence} does with its sums: from sums and memories to a new state, unit by unit.
 *
 * <p>Numbers come in planes of one number per unit: first a plane per sum, then one per memory. A step puts what its
 * gradient needs in the place of the sums, and the new memories in the place of the old ones.
 */
public sealed interface Cell permits RnnCell, LstmCell, GruCell {
    /** The stem of nodes' names, as in {@code lstm}. */
    String name();

    /** How many blocks of columns the weights have. */
    int gates();

    /** How many planes of sums there are: one per gate, and one more where the last gate keeps the state's part apart. */
    default int sums() {
        return gates() + (keepsApart() ? 1 : 0);
    }

    /** Whether what the state adds to the last gate is a sum of its own, with a bias of its own. */
    default boolean keepsApart() {
        return false;
    }

    /** How many planes last from one step to the next, besides the state. */
    default int memories() {
        return 0;
    }

    /** All planes. */
    default int planes() {
        return sums() + memories();
    }

    /** The column of the sums that a column of the recurrent weights adds to, with so many units. */
    default int column(int column, int units) {
        return keepsApart() && column >= (gates() - 1) * units ? column + units : column;
    }

    /**
     * One step in double precision: the cell's definition.
     *
     * @param planes sums and old memories; afterwards what {@link #gradient} needs, and the new memories
     * @param h the state, before and after
     */
    void step(double[] planes, double[] h);

    /**
     * The gradient of one step in double precision.
     *
     * @param planes as {@link #step} left them
     * @param old the memories before the step
     * @param before the state before the step
     * @param dh the gradient by the state after the step; afterwards that by the state before it, but for what goes
     *     through the sums
     * @param dmemories the gradient by the memories, likewise
     * @param dsums where to put the gradient by the sums
     */
    void gradient(double[] planes, double[] old, double[] before, double[] dh, double[] dmemories, double[] dsums);

    /** The same with kernels. */
    Steps steps(Kernels kernels);

    /** Both directions over planes of {@code n} floats, all of them in one array and at the given places. */
    interface Steps {
        /** {@link Cell#step}; with {@code n} floats of any content from {@code spare}. */
        void step(float[] m, int planes, int h, int spare, int n);

        /** {@link Cell#gradient}, with places counted from {@code base}. */
        void gradient(float[] m, int base, Places at, int n);
    }

    /**
     * Where the operands of a gradient start, by the names they have in {@link Cell#gradient}.
     *
     * @param spare n floats of any content
     */
    record Places(int planes, int old, int before, int dh, int dmemories, int dsums, int spare) {}
}
