package dev.halfwave.train;

/**
 * What runs through one layer with weights in one step of training, as root mean squares.
 *
 * @param step which step of training, from 1
 * @param layer the layer's name, as in {@code conv2d_1}
 * @param activation of the layer's output
 * @param gradient of the loss's gradient with respect to that output, for one sample
 * @param relativeGradient that, as a part of the last such layer's
 * @param weightGradient of the gradient of its weights
 * @param updateRatio the step's change of the weights, as a part of the weights; about 1e-3 is usual
 */
public record LayerFlow(
        long step,
        String layer,
        double activation,
        double gradient,
        double relativeGradient,
        double weightGradient,
        double updateRatio) {
    /** Below this part of the last layer's gradient it counts as vanishing. */
    public static final double VANISHING = 1e-3;

    /** Above this multiple of the last layer's gradient it counts as exploding. */
    public static final double EXPLODING = 1e3;

    /** Below this ratio of update to weight a layer stands still. */
    public static final double STANDING = 1e-6;

    /** Above this ratio of update to weight a layer jumps. */
    public static final double JUMPING = 0.1;

    /** Whether the gradient has all but vanished on its way to this layer. */
    public boolean vanishes() {
        return relativeGradient < VANISHING;
    }

    /** Whether the gradient has grown beyond measure on its way to this layer. */
    public boolean explodes() {
        return !(relativeGradient <= EXPLODING);
    }

    /** Whether the weights hardly change. */
    public boolean standsStill() {
        return updateRatio < STANDING;
    }

    /** Whether the weights change too much at a time to follow the gradient. */
    public boolean jumps() {
        return !(updateRatio <= JUMPING);
    }
}
