package dev.halfwave.data.augment;

/**
 * Makes the image brighter or darker: {@code x·(1 + b)}, cut off at 1.
 *
 * @param most b's limit to either side, every value within equally likely; from 0 to 1; 0.2 by default
 */
public record Brightness(double most) implements Transformation {

    /** @throws IllegalArgumentException if the limit is out of range */
    public Brightness {
        Numbers.check("brightness", "a limit", most, 0, 1);
    }

    /** By a fifth at most. */
    public Brightness() {
        this(0.2);
    }

    @Override
    public String name() {
        return "brightness";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        Tones.blend(image, (float) (1 + draws.around(most)), pixel -> 0);
    }
}
