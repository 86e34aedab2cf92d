package dev.halfwave.nn;

import dev.halfwave.kernel.Kernels;
import dev.halfwave.rewrite.Rewrite;
import dev.halfwave.rewrite.Rules;
import dev.halfwave.tensor.Tensor;
import java.util.List;

/**
 * The range that a predictor's pixels are declared to lie in, with what is proved for it about the model's units.
 *
 * <p>What is proved holds for the parameters' version that it was proved for.
 */
final class DeclaredRange {
    private final Model model;
    private final double low;
    private final double high;
    private ProvedUnits proved;
    private long version;

    /** @throws IllegalArgumentException if the range is empty */
    DeclaredRange(Model model, double low, double high) {
        this.model = model;
        this.low = Math.min(low, (float) low); // pixels are floats: 0.1 means the nearest one
        this.high = Math.max(high, (float) high);
        this.version = model.parameters().version();
        this.proved = ProvedUnits.of(model, this.low, this.high);
    }

    /** Proves again if the parameters have changed; says whether other things hold of the units than before. */
    boolean renew() {
        long now = model.parameters().version();
        if (now == version) {
            return false;
        }
        ProvedUnits before = proved;
        proved = ProvedUnits.of(model, low, high);
        version = now;
        return !proved.equals(before);
    }

    /** The rules for a program for images of the range, which those kernels compute. */
    List<Rewrite> rules(Kernels kernels) {
        return Rules.specialised(proved, kernels);
    }

    /** @throws IllegalArgumentException if a pixel lies outside the range; the text says which */
    void check(Tensor images) {
        float[] pixels = images.data();
        for (int i = 0; i < pixels.length; i++) {
            if (!(pixels[i] >= low && pixels[i] <= high)) {
                int image = i / images.shape().dropFirst().elements();
                throw new IllegalArgumentException(
                        model.network().name() + ": expected pixels within the declared range "
                                + low + ".." + high + ", received " + pixels[i] + " in image " + image
                                + "; scale the images, or declare a range that holds them");
            }
        }
    }
}
