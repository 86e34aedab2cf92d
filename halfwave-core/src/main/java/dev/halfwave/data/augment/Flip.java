package dev.halfwave.data.augment;

/**
 * Shows some images in a mirror. Not for what reads differently in one, such as digits.
 *
 * @param chance the share of images that are flipped, from 0 to 1; 0.5 by default
 * @param vertical whether top and bottom change places instead of left and right; no by default
 */
public record Flip(double chance, boolean vertical) implements Transformation {

    /** @throws IllegalArgumentException if the chance is out of range */
    public Flip {
        Numbers.check("flip", "a chance", chance, 0, 1);
    }

    /** Half of the images, left and right. */
    public Flip() {
        this(0.5, false);
    }

    @Override
    public String name() {
        return "flip";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        if (draws.chance(chance)) {
            image.place(Placement.flip(vertical));
        }
    }
}
