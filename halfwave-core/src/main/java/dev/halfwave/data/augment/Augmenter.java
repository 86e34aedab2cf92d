package dev.halfwave.data.augment;

import dev.halfwave.kernel.CounterRandom;
import dev.halfwave.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a chain in one epoch. What is drawn depends on the seed, the epoch, the sample's number and the step's place in the
 * chain, not on what was augmented before. For one thread at a time.
 */
public final class Augmenter {
    /** Keeps these draws apart from others of the same seed. */
    private static final long PURPOSE = 0x6175676d656e74L;

    private final List<Transformation> transformations;
    private final @Nullable Mixing mixing;
    private final Raster one;
    private final Raster other;
    private final long key;

    /**
     * An augmenter of one epoch.
     *
     * @param sample the images' shape, {@code [H, W, C]}
     * @throws IllegalArgumentException if the samples are not images
     */
    public Augmenter(Chain chain, Shape sample, long seed, long epoch) {
        transformations = chain.steps().stream()
                .filter(Transformation.class::isInstance)
                .map(Transformation.class::cast)
                .toList();
        mixing = chain.mixing().orElse(null);
        one = new Raster(sample);
        other = new Raster(sample);
        key = CounterRandom.key(PURPOSE, seed, epoch);
    }

    /** Transforms the image that begins at {@code pixels[offset]} and is the sample of the given number. */
    public void transform(float[] pixels, int offset, long sample) {
        one.on(pixels, offset);
        long own = CounterRandom.key(key, sample);
        for (int step = 0; step < transformations.size(); step++) {
            transformations.get(step).apply(one, new Draws(CounterRandom.key(own, step)));
        }
        one.settle();
    }

    /** Whether images are mixed. */
    public boolean mixes() {
        return mixing != null;
    }

    /**
     * Mixes the images that begin at {@code pixels[offset]} and {@code pixels[with]}, the first of which is the sample of the
     * given number.
     *
     * @return the share of itself that each of them keeps
     */
    public double mix(float[] pixels, int offset, int with, long sample) {
        if (mixing == null) {
            return 1;
        }
        Draws draws = new Draws(CounterRandom.key(CounterRandom.key(key, sample), -1));
        return mixing.mix(one.on(pixels, offset), other.on(pixels, with), draws);
    }
}
