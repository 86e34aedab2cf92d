package dev.halfwave.kernel.simd;

import dev.halfwave.activation.Activation;
import dev.halfwave.activation.Identity;
import dev.halfwave.kernel.PointwiseKernels;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * What happens to finished sums: the bias is added, the activation applied.
 *
 * <p>Bias and rectifiers are applied to a tile as soon as it is stored, other activations to whole rows a little later.
 */
final class Epilogue {
    /** Nothing to do. */
    static final Epilogue NONE = new Epilogue(false, 1, null, false);

    private final boolean bias;
    private final float slope;
    private final PointwiseKernels.@Nullable Value value;
    private final boolean onto;

    private Epilogue(boolean bias, float slope, PointwiseKernels.@Nullable Value value, boolean onto) {
        this.bias = bias;
        this.slope = slope;
        this.value = value;
        this.onto = onto;
    }

    static Epilogue of(PointwiseKernels pointwise, boolean bias, Activation activation) {
        if (activation instanceof Identity) {
            return new Epilogue(bias, 1, null, false);
        }
        Activation.Slopes slopes = activation.slopes().orElse(null);
        if (slopes != null && slopes.positive() == 1) {
            return new Epilogue(bias, (float) slopes.negative(), null, false);
        }
        return new Epilogue(bias, 1, pointwise.value(activation), false);
    }

    /** The same for sums that are added to what the result holds. */
    Epilogue onto() {
        return new Epilogue(bias, slope, value, true);
    }

    /** Whether sums are added to what the result holds. */
    boolean isOnto() {
        return onto;
    }

    /** Whether a bias is added. */
    boolean bias() {
        return bias;
    }

    /** Rectifies a tile as wide as one or two vectors. */
    void rectify(float[] out, int oo, int[] rows, int first, int count, int width) {
        if (slope == 0) {
            relu(out, oo, rows, first, count, width);
        } else if (slope != 1) {
            for (int i = 0; i < count; i++) {
                rectify(out, oo + rows[first + i], slope, width);
            }
        }
    }

    /** A blend, because on JDK 17 a maximum takes several instructions more. */
    private static void relu(float[] out, int oo, int[] rows, int first, int count, int width) {
        for (int i = first; i < first + count; i++) {
            int at = oo + rows[i];
            FloatVector x = FloatVector.fromArray(Lanes.SPECIES, out, at);
            x.blend(0, x.compare(VectorOperators.LT, 0)).intoArray(out, at);
            if (width > Lanes.COUNT) {
                FloatVector y = FloatVector.fromArray(Lanes.SPECIES, out, at + Lanes.COUNT);
                y.blend(0, y.compare(VectorOperators.LT, 0)).intoArray(out, at + Lanes.COUNT);
            }
        }
    }

    /** Whether {@link #apply} has anything to do. */
    boolean later() {
        return value != null;
    }

    /** Adds the bias and rectifies part of a row. */
    void finish(float[] row, int ro, float[] biases, int biasO, int n) {
        if (bias) {
            add(row, ro, biases, biasO, n);
        }
        if (slope != 1) {
            rectify(row, ro, slope, n);
        }
    }

    /** Applies an activation that is no rectifier to part of a row. */
    void apply(float[] row, int ro, int n) {
        if (value != null) {
            value.apply(row, ro, row, ro, n);
        }
    }

    /** {@code row += x}. */
    static void add(float[] row, int ro, float[] x, int xo, int n) {
        int i = 0;
        for (; i <= n - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector.fromArray(Lanes.SPECIES, row, ro + i)
                    .add(FloatVector.fromArray(Lanes.SPECIES, x, xo + i))
                    .intoArray(row, ro + i);
        }
        for (; i < n; i++) {
            row[ro + i] += x[xo + i];
        }
    }

    private static void rectify(float[] row, int ro, float slope, int n) {
        int i = 0;
        for (; i <= n - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector x = FloatVector.fromArray(Lanes.SPECIES, row, ro + i);
            x.blend(x.mul(slope), x.compare(VectorOperators.LT, 0)).intoArray(row, ro + i);
        }
        for (; i < n; i++) {
            row[ro + i] = row[ro + i] < 0 ? row[ro + i] * slope : row[ro + i];
        }
    }
}
