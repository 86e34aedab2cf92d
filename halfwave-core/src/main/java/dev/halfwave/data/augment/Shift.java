package dev.halfwave.data.augment;

/**
 * Moves the image by whole pixels in any direction: the same as padding it with zeros on every side and cutting out a window
 * of the old size at random.
 *
 * @param pixels how far at most, in rows and in columns, from 0 to 4096; every distance is equally likely; 4 by default
 * @see <a href="https://arxiv.org/abs/1512.03385">He et al. 2016, section 4.2, padding by 4 and cropping</a>
 */
public record Shift(int pixels) implements Transformation {

    /** @throws IllegalArgumentException if the distance is out of range */
    public Shift {
        Numbers.check("shift", "pixels", pixels, 0, 4096);
    }

    /** By 4 pixels at most. */
    public Shift() {
        this(4);
    }

    @Override
    public String name() {
        return "shift";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        int right = draws.below(2 * pixels + 1) - pixels;
        int down = draws.below(2 * pixels + 1) - pixels;
        image.place(Placement.shift(right, down));
    }
}
