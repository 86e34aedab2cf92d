package dev.halfwave.data.augment;

/**
 * Lays two images over each other: {@code λ·x + (1 − λ)·y} and the other way round, with λ from Beta(alpha, alpha). Of λ and
 * 1 − λ the larger one is taken, which only decides which image of a pair is called the first.
 *
 * @param alpha how evenly they are mixed, from 0.05 (hardly) through 1 (every λ equally likely) to 2; 0.2 by default
 * @param chance the share of pairs that are mixed, from 0 to 1; 1 by default
 * @see <a href="https://arxiv.org/abs/1710.09412">Zhang et al. 2018</a>, with one λ for each pair instead of for each batch
 */
public record Mixup(double alpha, double chance) implements Mixing {

    /** @throws IllegalArgumentException if a number is out of range */
    public Mixup {
        Numbers.check("mixup", "an alpha", alpha, Beta.SMALLEST, Beta.LARGEST);
        Numbers.check("mixup", "a chance", chance, 0, 1);
    }

    /** All pairs, most of them rather unevenly. */
    public Mixup() {
        this(0.2, 1);
    }

    @Override
    public String name() {
        return "mixup";
    }

    @Override
    public double mix(Raster one, Raster other, Draws draws) {
        if (!draws.chance(chance)) {
            return 1;
        }
        double share = Beta.largerPart(alpha, draws);
        float rest = (float) (1 - share);
        float[] x = one.pixels();
        float[] y = other.pixels();
        for (int k = 0; k < one.height() * one.width() * one.channels(); k++) {
            int i = one.offset() + k;
            int j = other.offset() + k;
            float difference = rest * (y[j] - x[i]);
            x[i] += difference;
            y[j] -= difference;
        }
        return share;
    }
}
