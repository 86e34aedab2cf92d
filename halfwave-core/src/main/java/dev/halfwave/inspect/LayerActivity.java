package dev.halfwave.inspect;

import java.util.stream.IntStream;

/**
 * What the units of one activation did on some images. A unit is a channel, looked at in all places of the image, or an
 * element of a layer without places. It fires where its pre-activation z is above zero.
 *
 * @param name the activation's, as in {@code conv2d_1.relu}
 * @param activation the function, as in {@code relu}
 * @param cuts whether the function is flat below zero, so that a unit that never fires learns nothing
 * @param examples how many images were looked at
 * @param places how many places of each image
 * @param fired how often each unit fired, out of examples times places
 * @param saturated how often each unit's activation was within 1 % of an asymptote, for functions with two (the 1 % are
 *     of the distance between them)
 * @param zeros the shares of activations that were zero, image by image: mean, least and most
 */
@SuppressWarnings("ArrayRecordComponent") // counts to loop over
public record LayerActivity(
        String name,
        String activation,
        boolean cuts,
        long examples,
        int places,
        long[] fired,
        long[] saturated,
        Spread zeros) {

    /** How many units there are. */
    public int units() {
        return fired.length;
    }

    /** The share of images and places in which a unit fired, from 0 to 1. */
    public double firingFraction(int unit) {
        return (double) fired[unit] / (examples * places);
    }

    /** The share in which a unit was saturated, from 0 to 1. */
    public double saturatedShare(int unit) {
        return (double) saturated[unit] / (examples * places);
    }

    /** Whether a unit was silent on all of these images; on others it may still fire. */
    public boolean neverFires(int unit) {
        return fired[unit] == 0;
    }

    /** Whether a unit fired in every place of each of these images. */
    public boolean alwaysFires(int unit) {
        return fired[unit] == examples * places;
    }

    /** How many units were silent. */
    public int silent() {
        return (int) IntStream.range(0, units()).filter(this::neverFires).count();
    }

    /** How many units fired always. */
    public int alwaysOn() {
        return (int) IntStream.range(0, units()).filter(this::alwaysFires).count();
    }

    /** The share of all units, images and places that fired. */
    public double firingFraction() {
        return IntStream.range(0, units())
                .mapToDouble(this::firingFraction)
                .average()
                .orElse(0);
    }

    /** The share of all units, images and places that were saturated. */
    public double saturatedShare() {
        return IntStream.range(0, units())
                .mapToDouble(this::saturatedShare)
                .average()
                .orElse(0);
    }

    /**
     * Numbers in short.
     *
     * @param mean their mean
     * @param least the smallest
     * @param most the largest
     */
    public record Spread(double mean, double least, double most) {}
}
