package dev.halfwave.data.augment;

import java.util.Arrays;

/**
 * Blacks out a square somewhere, so that no single part of an image decides. The square's centre is equally likely everywhere
 * in the image, and what reaches beyond the border is lost.
 *
 * @param size the square's side in pixels, from 0 to 4096; 8 by default
 * @param chance the share of images that get one, from 0 to 1; 1 by default
 * @see <a href="https://arxiv.org/abs/1708.04552">DeVries and Taylor 2017</a>
 */
public record Cutout(int size, double chance) implements Transformation {

    /** @throws IllegalArgumentException if a number is out of range */
    public Cutout {
        Numbers.check("cutout", "a size", size, 0, 4096);
        Numbers.check("cutout", "a chance", chance, 0, 1);
    }

    /** Squares of 8×8 in all images. */
    public Cutout() {
        this(8, 1);
    }

    @Override
    public String name() {
        return "cutout";
    }

    @Override
    public void apply(Raster image, Draws draws) {
        if (size == 0 || !draws.chance(chance)) {
            return;
        }
        int top = draws.below(image.height()) - size / 2;
        int left = draws.below(image.width()) - size / 2;
        int from = Math.max(0, left);
        int to = Math.min(image.width(), left + size);
        float[] pixels = image.pixels();
        for (int row = Math.max(0, top); row < Math.min(image.height(), top + size); row++) {
            int start = image.offset() + row * image.width() * image.channels();
            Arrays.fill(pixels, start + from * image.channels(), start + to * image.channels(), 0);
        }
    }
}
