package dev.halfwave.data.augment;

/** A random change of one image that leaves its class as it is. */
public non-sealed interface Transformation extends Augmentation {
    /**
     * Changes an image in place.
     *
     * @param image values from 0 to 1, which is where they stay
     * @param draws the only source of randomness
     */
    void apply(Raster image, Draws draws);
}
