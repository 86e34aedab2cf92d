package dev.halfwave.kernel;

/** Class numbers stored as floats, as losses read them. */
public final class Labels {
    private Labels() {}

    /**
     * The label of a row.
     *
     * @throws IllegalArgumentException if it is not a class number from 0 to {@code classes − 1}
     */
    public static int at(float[] labels, int lo, int row, int classes) {
        float label = labels[lo + row];
        if (!(label >= 0 && label < classes) || label != (int) label) {
            throw new IllegalArgumentException("labels: expected class numbers from 0 to " + (classes - 1)
                    + ", received " + label + " in row " + row + "; widen the last layer or correct the label");
        }
        return (int) label;
    }
}
