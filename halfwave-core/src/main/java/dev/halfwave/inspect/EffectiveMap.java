package dev.halfwave.inspect;

import dev.halfwave.tensor.DoubleTensor;
import dev.halfwave.tensor.Tensor;

/**
 * What a piecewise linear network is for one image x: an affine map, {@code logits = W · x + b}, which holds as long as
 * no gate flips.
 *
 * <p>W is the gradient of every logit by backpropagation. b is what the network with its gates held as x sets them makes
 * of a black image. Neither is made from the other, so that {@link #residual()} checks both.
 *
 * @param image x, of the network's sample shape
 * @param logits what the network says, {@code [classes]}
 * @param weights W, {@code [classes, …sample]}: one picture per class
 * @param bias b, {@code [classes]}
 * @see <a href="https://arxiv.org/abs/1402.1869">Montúfar et al. 2014, section 2</a>
 */
public record EffectiveMap(Tensor image, DoubleTensor logits, DoubleTensor weights, DoubleTensor bias) {

    /** The number of logits. */
    public int classes() {
        return bias.data().length;
    }

    /** {@code W · x + b} for one class. */
    public double predicted(int k) {
        double sum = bias.data()[k];
        int n = image.data().length;
        for (int i = 0; i < n; i++) {
            sum += weights.data()[k * n + i] * image.data()[i];
        }
        return sum;
    }

    /** The largest distance of any logit from {@code W · x + b}. */
    public double residual() {
        double worst = 0;
        for (int k = 0; k < classes(); k++) {
            double off = Math.abs(logits.data()[k] - predicted(k));
            worst = off <= worst ? worst : off; // a NaN is kept
        }
        return worst;
    }

    /** The class of the largest logit. */
    public int best() {
        int best = 0;
        for (int k = 1; k < classes(); k++) {
            best = logits.data()[k] > logits.data()[best] ? k : best;
        }
        return best;
    }

    /** W's picture for one class, of the image's shape. */
    public Tensor weightsOf(int k) {
        Tensor picture = Tensor.zeros(image.shape());
        for (int i = 0; i < picture.data().length; i++) {
            picture.data()[i] = (float) weights.data()[k * picture.data().length + i];
        }
        return picture;
    }
}
