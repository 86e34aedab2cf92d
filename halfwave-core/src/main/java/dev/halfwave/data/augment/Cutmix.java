package dev.halfwave.data.augment;

/**
 * Exchanges a rectangle between two images. Its share of the area is drawn as 1 − λ with λ from Beta(alpha, alpha), of λ and
 * 1 − λ the larger; it has the image's proportions, a centre that is equally likely everywhere, and what reaches beyond the
 * border is lost. The share that is returned is what an image really keeps.
 *
 * @param alpha how evenly they are mixed, from 0.05 (hardly) through 1 (every λ equally likely) to 2; 1 by default
 * @param chance the share of pairs that are mixed, from 0 to 1; 0.5 by default
 * @see <a href="https://arxiv.org/abs/1905.04899">Yun et al. 2019</a>, with one rectangle for each pair instead of for each batch
 */
public record Cutmix(double alpha, double chance) implements Mixing {

    /** @throws IllegalArgumentException if a number is out of range */
    public Cutmix {
        Numbers.check("cutmix", "an alpha", alpha, Beta.SMALLEST, Beta.LARGEST);
        Numbers.check("cutmix", "a chance", chance, 0, 1);
    }

    /** Half of the pairs, every share equally likely. */
    public Cutmix() {
        this(1, 0.5);
    }

    @Override
    public String name() {
        return "cutmix";
    }

    @Override
    public double mix(Raster one, Raster other, Draws draws) {
        if (!draws.chance(chance)) {
            return 1;
        }
        double side = Math.sqrt(1 - Beta.largerPart(alpha, draws));
        int[] rows = span(one.height(), side, draws);
        int[] columns = span(one.width(), side, draws);
        for (int row = rows[0]; row < rows[1]; row++) {
            int start = row * one.width();
            exchange(one, other, (start + columns[0]) * one.channels(), (start + columns[1]) * one.channels());
        }
        double area = (double) (rows[1] - rows[0]) * (columns[1] - columns[0]);
        return 1 - area / (one.height() * one.width());
    }

    /** Where the rectangle begins and ends along one axis. */
    private static int[] span(int size, double share, Draws draws) {
        int length = (int) (size * share);
        int from = draws.below(size) - length / 2;
        return new int[] {Math.max(0, from), Math.min(size, from + length)};
    }

    private static void exchange(Raster one, Raster other, int from, int to) {
        float[] x = one.pixels();
        float[] y = other.pixels();
        for (int k = from; k < to; k++) {
            float kept = x[one.offset() + k];
            x[one.offset() + k] = y[other.offset() + k];
            y[other.offset() + k] = kept;
        }
    }
}
