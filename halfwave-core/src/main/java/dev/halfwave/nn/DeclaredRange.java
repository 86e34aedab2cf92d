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
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float pixel : pixels) { // not a number stays not a number
            least = Math.min(least, pixel);
            most = Math.max(most, pixel);
        }
        if (!(least >= low && most <= high)) {
            throw outside(images);
        }
    }

    private IllegalArgumentException outside(Tensor images) {
        int i = 0;
        while (images.data()[i] >= low && images.data()[i] <= high) {
            i++;
        }
        return new IllegalArgumentException(
                model.network().name() + ": expected pixels within the declared range " + low
                        + ".." + high + ", received " + images.data()[i] + " in image "
                        + i / images.shape().dropFirst().elements()
                        + "; scale the images, or declare a range that holds them");
    }
}
