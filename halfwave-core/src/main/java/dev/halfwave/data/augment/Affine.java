package dev.halfwave.data.augment;

/**
 * Stretches, slants, turns and moves the image, everything at once and by independent amounts, each equally likely within
 * its limits.
 *
 * @param degrees how far it turns at most, to either side, from 0 to 180; 10 by default
 * @param scale how much larger or smaller it becomes at most, height and width each for itself: 0.1, the default, means factors
 *     from 0.9 to 1.1; from 0 to below 1
 * @param shear by how many degrees upright lines lean at most, to either side, from 0 to 60; 5 by default
 * @param shift how many pixels it moves at most, in rows and in columns, also by parts of pixels; from 0 to 4096; 2 by default
 */
public record Affine(double degrees, double scale, double shear, double shift) implements Transformation {

    /** @throws IllegalArgumentException if a number is out of range */
    public Affine {
        Numbers.check("affine", "degrees", degrees, 0, 180);
        Numbers.check("affine", "a scale", scale, 0, 0.99);
        Numbers.check("affine", "degrees of shear", shear, 0, 60);
        Numbers.check("affine", "pixels of shift", shift, 0, 4096);
    }

    /** A little of everything. */
    public Affine() {
        this(10, 0.1, 5, 2);
    }

    @Override
    public String name() {
        return "affine";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        image.place(Placement.stretch(1 + draws.around(scale), 1 + draws.around(scale)));
        image.place(Placement.shear(draws.around(shear)));
        image.place(Placement.rotation(draws.around(degrees)));
        image.place(Placement.shift(draws.around(shift), draws.around(shift)));
    }
}
