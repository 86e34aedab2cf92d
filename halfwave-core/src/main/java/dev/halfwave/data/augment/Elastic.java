package dev.halfwave.data.augment;

/**
 * Bends the image smoothly, as if it were printed on rubber: a grid of random vectors, displaced itself at random,
 * interpolated without creases.
 *
 * @param strength the vectors' standard deviation in pixels, in each direction, for the most strongly bent images (it is drawn
 *     evenly from 0 to that); from 0 to 100; 1.5 by default
 * @param cell the distance between two vectors in pixels, from 2 to 1024; 7 by default
 * @see <a href="https://doi.org/10.1109/ICDAR.2003.1227801">Simard, Steinkraus, Platt 2003, section 2</a>, who smooth a vector
 *     per pixel instead
 */
public record Elastic(double strength, double cell) implements Transformation {

    /** @throws IllegalArgumentException if a number is out of range */
    public Elastic {
        Numbers.check("elastic", "a strength", strength, 0, 100);
        Numbers.check("elastic", "a cell", cell, 2, 1024);
    }

    /** For images of some 28×28 pixels. */
    public Elastic() {
        this(1.5, 7);
    }

    @Override
    public String name() {
        return "elastic";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        if (strength > 0) {
            image.bend(new Rubber(image.height(), image.width(), strength, cell, draws));
        }
    }
}
