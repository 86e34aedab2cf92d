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
    private static final float NONE_ABOVE = Float.POSITIVE_INFINITY;

    /** Nothing to do. */
    static final Epilogue NONE = new Epilogue(false, 1, NONE_ABOVE, null, false);

    private final boolean bias;

    /** What negative sums are multiplied by. */
    private final float slope;

    /** What larger sums are cut down to. */
    private final float ceiling;

    private final PointwiseKernels.@Nullable Value value;
    private final boolean onto;

    private Epilogue(boolean bias, float slope, float ceiling, PointwiseKernels.@Nullable Value value, boolean onto) {
        this.bias = bias;
        this.slope = slope;
        this.ceiling = ceiling;
        this.value = value;
        this.onto = onto;
    }

    static Epilogue of(PointwiseKernels pointwise, boolean bias, Activation activation) {
        if (activation instanceof Identity) {
            return new Epilogue(bias, 1, NONE_ABOVE, null, false);
        }
        Activation.Slopes slopes = activation.slopes().orElse(null);
        if (slopes != null && slopes.positive() == 1) {
            return new Epilogue(bias, (float) slopes.negative(), NONE_ABOVE, null, false);
        }
        if (isClamp(activation) && activation.range().low() == 0) {
            return new Epilogue(bias, 0, (float) activation.range().high(), null, false);
        }
        return new Epilogue(bias, 1, NONE_ABOVE, pointwise.value(activation), false);
    }

    /**
     * Idempotent is what leaves its own range as it is; if it neither falls nor jumps, it can only cut off what lies
     * outside.
     */
    private static boolean isClamp(Activation activation) {
        return activation.idempotent()
                && activation.monotone()
                && activation.jumps().isEmpty();
    }

    /** The same for sums that are added to what the result holds. */
    Epilogue onto() {
        return new Epilogue(bias, slope, ceiling, value, true);
    }

    /** Whether sums are added to what the result holds. */
    boolean isOnto() {
        return onto;
    }

    /** Whether a bias is added. */
    boolean bias() {
        return bias;
    }

    /**
     * Finishes a tile of whole vectors, except for {@link #apply}. Sums that are added to the result did
     * not start from the bias, so they get it here.
     */
    void finish(float[] out, int oo, int[] rows, int first, int count, int width, float[] biases, int biasO) {
        if (onto && bias) {
            shiftAndRectify(out, oo, rows, first, count, width, biases, biasO);
        } else {
            rectify(out, oo, rows, first, count, width);
        }
    }

    private void rectify(float[] out, int oo, int[] rows, int first, int count, int width) {
        if (ceiling != NONE_ABOVE) {
            for (int column = 0; column < width; column += Lanes.COUNT) {
                clamp(out, oo + column, rows, first, count, ceiling);
            }
        } else if (slope == 0) {
            for (int column = 0; column < width; column += 2 * Lanes.COUNT) {
                relu(out, oo + column, rows, first, count, width - column);
            }
        } else if (slope != 1) {
            for (int i = 0; i < count; i++) {
                rectify(out, oo + rows[first + i], slope, width);
            }
        }
    }

    /** One or two vectors of each row. A blend, because on JDK 17 a maximum takes several instructions more. */
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

    private static void clamp(float[] out, int oo, int[] rows, int first, int count, float ceiling) {
        for (int i = first; i < first + count; i++) {
            int at = oo + rows[i];
            FloatVector x = FloatVector.fromArray(Lanes.SPECIES, out, at);
            FloatVector low = x.blend(0, x.compare(VectorOperators.LT, 0));
            low.blend(ceiling, low.compare(VectorOperators.GT, ceiling)).intoArray(out, at);
        }
    }

    private void shiftAndRectify(
            float[] out, int oo, int[] rows, int first, int count, int width, float[] biases, int biasO) {
        for (int column = 0; column < width; column += Lanes.COUNT) {
            if (slope == 0) {
                clamp(out, oo + column, rows, first, count, biases, biasO + column, ceiling);
            } else {
                shift(out, oo + column, rows, first, count, biases, biasO + column);
            }
        }
        if (slope != 0) {
            rectify(out, oo, rows, first, count, width);
        }
    }

    private static void clamp(
            float[] out, int oo, int[] rows, int first, int count, float[] biases, int biasO, float ceiling) {
        FloatVector b = FloatVector.fromArray(Lanes.SPECIES, biases, biasO);
        for (int i = first; i < first + count; i++) {
            int at = oo + rows[i];
            FloatVector x = FloatVector.fromArray(Lanes.SPECIES, out, at).add(b);
            FloatVector low = x.blend(0, x.compare(VectorOperators.LT, 0));
            low.blend(ceiling, low.compare(VectorOperators.GT, ceiling)).intoArray(out, at);
        }
    }

    private static void shift(float[] out, int oo, int[] rows, int first, int count, float[] biases, int biasO) {
        FloatVector b = FloatVector.fromArray(Lanes.SPECIES, biases, biasO);
        for (int i = first; i < first + count; i++) {
            int at = oo + rows[i];
            FloatVector.fromArray(Lanes.SPECIES, out, at).add(b).intoArray(out, at);
        }
    }

    /** Whether adding the bias and cutting off what lies outside of {@link #low} and {@link #high} is all there is to do. */
    boolean clamps() {
        return !onto && value == null && (slope == 0 || slope == 1);
    }

    /** The least number that is left by an epilogue that clamps. */
    float low() {
        return slope == 0 ? 0 : Float.NEGATIVE_INFINITY;
    }

    /** The largest one. */
    float high() {
        return ceiling;
    }

    /** Whether larger sums never become smaller than smaller ones, so that only the largest need be finished. */
    boolean keepsOrder() {
        return value == null && slope >= 0;
    }

    /** Whether {@link #apply} has anything to do. */
    boolean later() {
        return value != null;
    }

    /** Rectifies or activates a row to which the bias has been added. */
    void finishBiased(float[] row, int ro, int n) {
        if (slope == 0) {
            clamp(row, ro, ceiling, n);
        } else if (slope != 1) {
            rectify(row, ro, slope, n);
        }
        apply(row, ro, n);
    }

    /** Adds the bias to a row, and rectifies or activates it. */
    void finish(float[] row, int ro, float[] biases, int biasO, int n) {
        if (bias) {
            add(row, ro, biases, biasO, n);
        }
        finishBiased(row, ro, n);
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

    private static void clamp(float[] row, int ro, float ceiling, int n) {
        int i = 0;
        for (; i <= n - Lanes.COUNT; i += Lanes.COUNT) {
            FloatVector x = FloatVector.fromArray(Lanes.SPECIES, row, ro + i);
            FloatVector low = x.blend(0, x.compare(VectorOperators.LT, 0));
            low.blend(ceiling, low.compare(VectorOperators.GT, ceiling)).intoArray(row, ro + i);
        }
        for (; i < n; i++) {
            float low = row[ro + i] < 0 ? 0 : row[ro + i];
            row[ro + i] = low > ceiling ? ceiling : low;
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
