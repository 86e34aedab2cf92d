package dev.halfwave.data.augment;

/** A random mixture of two images, which then both are of two classes in part. */
public non-sealed interface Mixing extends Augmentation {
    /**
     * Changes both images in place.
     *
     * @param one values from 0 to 1, which is where they stay
     * @param other of the same shape
     * @param draws the only source of randomness
     * @return the share of itself that each of them keeps, from 0.5 to 1; the rest is the other's
     */
    double mix(Raster one, Raster other, Draws draws);
}
