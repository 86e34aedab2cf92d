package dev.halfwave.data.augment;

/**
 * Turns the image around its centre.
 *
 * @param degrees how far at most, to either side, from 0 to 180; every angle is equally likely; 10 by default
 */
public record Rotate(double degrees) implements Transformation {

    /** @throws IllegalArgumentException if the angle is out of range */
    public Rotate {
        Numbers.check("rotate", "degrees", degrees, 0, 180);
    }

    /** By 10 degrees at most. */
    public Rotate() {
        this(10);
    }

    @Override
    public String name() {
        return "rotate";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        image.place(Placement.rotation(draws.around(degrees)));
    }
}
