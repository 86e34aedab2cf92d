package dev.halfwave.bench.translate;

import dev.halfwave.activation.Activation;
import dev.halfwave.op.AvgPool2d;
import dev.halfwave.op.Conv2d;
import dev.halfwave.op.MaxPool2d;
import dev.halfwave.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * How a library says each layer. Images have their channels first, {@code [N, C, H, W]}, and so have the weights it is given.
 *
 * @param <T> what it calls a value: an array, a name
 */
public interface Target<T> {
    /** A convolution with filters {@code [K, C/groups, R, S]}; the op says how the window moves. */
    T conv2d(T x, Weight filters, Optional<Weight> bias, Conv2d op);

    /** A product with weights {@code [C, units]}. */
    T dense(T x, Weight weights, Optional<Weight> bias);

    /** Batch normalisation, by the batch's own statistics when training. */
    T batchNorm(T x, Norm norm);

    /** An activation. */
    T activate(T x, Activation activation);

    /** The largest of each window. */
    T maxPool(T x, MaxPool2d op);

    /** The mean of each window, over what is not padding unless the op says so. */
    T avgPool(T x, AvgPool2d op);

    /** The mean of each channel, {@code [N, C, 1, 1]}. */
    T globalAvgPool(T x, Shape input);

    /** One row for each image, the channels outermost. */
    T flatten(T x);

    /** Drops a share of the elements; only met when training. */
    T dropout(T x, double rate);

    /** The sum of two. */
    T add(T a, T b);

    /** The channels of all, side by side. */
    T concat(List<T> parts);

    /**
     * The numbers of a batch normalisation.
     *
     * @param gamma the scale
     * @param beta the shift
     * @param mean the moving mean
     * @param variance the moving variance
     * @param epsilon added to the variance
     * @param training whether the batch's own statistics count
     */
    record Norm(Weight gamma, Weight beta, Weight mean, Weight variance, double epsilon, boolean training) {
        /** The weight of a new batch in the moving statistics. */
        public static final double MOMENTUM = 0.1;
    }
}
