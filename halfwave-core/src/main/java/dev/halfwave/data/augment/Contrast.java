package dev.halfwave.data.augment;

/**
 * Makes the image's contrast stronger or weaker: {@code m + (x − m)·(1 + b)}, cut off at 0 and 1, where m is the image's mean
 * grey.
 *
 * @param most b's limit to either side, every value within equally likely; from 0 to 1; 0.2 by default
 */
public record Contrast(double most) implements Transformation {

    /** @throws IllegalArgumentException if the limit is out of range */
    public Contrast {
        Numbers.check("contrast", "a limit", most, 0, 1);
    }

    /** By a fifth at most. */
    public Contrast() {
        this(0.2);
    }

    @Override
    public String name() {
        return "contrast";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        float mean = Tones.meanGrey(image);
        Tones.blend(image, (float) (1 + draws.around(most)), pixel -> mean);
    }
}
