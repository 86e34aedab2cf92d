package dev.halfwave.inspect;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;

/**
 * What an activation makes of one image's feature maps: the pre-activation z and the activation a = f(z), side by side.
 *
 * <pre>{@code
 * Tensor image = Images.read(Path.of("seven.png"));
 * Rectification edges = Filtering.rectify(Filter.of("sobel-x"), image, WorkerPool.shared());
 * double share = edges.cutShare();
 * }</pre>
 *
 * @param image what was looked at, {@code [H, W, C]}
 * @param activation the function's name, as in {@code relu}
 * @param featureMap z, {@code [OH, OW, channels]}
 * @param rectified f(z), of the same shape
 */
public record Rectification(Tensor image, String activation, Tensor featureMap, Tensor rectified) {

    /** @throws IllegalArgumentException unless the two maps are of one shape {@code [OH, OW, channels]} */
    public Rectification {
        if (featureMap.shape().rank() != 3 || !featureMap.shape().equals(rectified.shape())) {
            throw new IllegalArgumentException("rectification: expected two maps [OH, OW, channels], received "
                    + featureMap.shape() + " and " + rectified.shape());
        }
    }

    /** The number of maps. */
    public int channels() {
        return featureMap.shape().size(2);
    }

    /** The share of the values below zero, from 0 to 1: what the rectifier cuts. */
    public double cutShare() {
        long cut = 0;
        for (float z : featureMap.data()) {
            cut += z < 0 ? 1 : 0;
        }
        return (double) cut / featureMap.data().length;
    }

    /** The share of one channel's places where z is above zero, from 0 to 1: where the unit fires. */
    public double firingFraction(int channel) {
        long fires = 0;
        float[] places = channel(channel).featureMap().data();
        for (float z : places) {
            fires += z > 0 ? 1 : 0;
        }
        return (double) fires / places.length;
    }

    /** The largest distance from zero in either map: the common scale of pictures of them. */
    public float reach() {
        float reach = 0;
        for (int i = 0; i < featureMap.data().length; i++) {
            reach = Math.max(
                    reach,
                    Math.max(Math.abs(featureMap.data()[i]), Math.abs(rectified.data()[i])));
        }
        return reach;
    }

    /**
     * One channel by itself.
     *
     * @param channel from 0
     * @throws IllegalArgumentException if there is no such channel
     */
    public Rectification channel(int channel) {
        if (channel < 0 || channel >= channels()) {
            throw new IllegalArgumentException("channel: expected 0 to " + (channels() - 1) + ", received " + channel
                    + "; there are " + channels() + ", counted from 0");
        }
        return new Rectification(image, activation, channel(featureMap, channel), channel(rectified, channel));
    }

    private static Tensor channel(Tensor map, int channel) {
        int channels = map.shape().size(2);
        Tensor one = Tensor.zeros(Shape.of(map.shape().size(0), map.shape().size(1), 1));
        for (int i = 0; i < one.data().length; i++) {
            one.data()[i] = map.data()[i * channels + channel];
        }
        return one;
    }
}
