package dev.halfwave.data.augment;

/**
 * Makes the image's colours stronger or weaker: {@code g + (x − g)·(1 + b)}, cut off at 0 and 1, where g is the pixel's grey,
 * 0.299 R + 0.587 G + 0.114 B. An image without colours stays as it is.
 *
 * @param most b's limit to either side, every value within equally likely; from 0 to 1; 0.2 by default
 */
public record Saturation(double most) implements Transformation {

    /** @throws IllegalArgumentException if the limit is out of range */
    public Saturation {
        Numbers.check("saturation", "a limit", most, 0, 1);
    }

    /** By a fifth at most. */
    public Saturation() {
        this(0.2);
    }

    @Override
    public String name() {
        return "saturation";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        if (image.channels() == 3) {
            Tones.blend(image, (float) (1 + draws.around(most)), pixel -> Tones.grey(image, pixel));
        }
    }
}
