package dev.halfwave.data;

import dev.halfwave.data.augment.Augmenter;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.data.augment.Raster;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a dataset into batches, epoch after epoch.
 *
 * <p>The order is that of the dataset, or drawn anew in every epoch: shuffled, or with the classes in other proportions.
 * It depends on the seed and the epoch's number only, so an epoch can be begun at any batch and goes on as if it had been read from the start. The last batch of an
 * epoch is smaller when the batch size does not divide the dataset's; no sample is dropped.
 *
 * <pre>{@code
 * Loader loader = Loader.of(dataset, 64).shuffled(42);
 * try (Batches batches = loader.epoch(0)) {
 *     while (batches.hasNext()) {
 *         Batch batch = batches.next();
 *     }
 * }
 * }</pre>
 *
 * @param dataset where the samples come from
 * @param batchSize the number of samples in every batch but perhaps the last, 1 or more
 * @param sampling which samples an epoch has, and in which order
 * @param seed fixes what the sampling and augmentation draw
 * @param ahead how many batches a background thread may fill before they are asked for, from 0 (no thread) to 64; 2 unless told
 * @param augmentation what is done to the images of a batch, anew in every epoch; nothing unless told
 */
public record Loader(Dataset dataset, int batchSize, Sampling sampling, long seed, int ahead, Chain augmentation) {
    private static final int AHEAD = 2;
    private static final int MOST_AHEAD = 64;

    /** @throws IllegalArgumentException if a number is out of its range, or a batch does not fit one tensor */
    public Loader {
        if (batchSize < 1) {
            throw new IllegalArgumentException("loader: expected a batch size of 1 or more, received " + batchSize);
        }
        if (ahead < 0 || ahead > MOST_AHEAD) {
            throw new IllegalArgumentException(
                    "loader: expected 0 to " + MOST_AHEAD + " batches ahead, received " + ahead);
        }
        int largest = Math.min(batchSize, dataset.size());
        if (!fits(dataset, largest)) {
            throw new IllegalArgumentException("loader: expected a batch that fits one tensor, received " + largest
                    + " samples of shape " + dataset.sampleShape() + "; use a smaller batch size");
        }
        if (!augmentation.isEmpty()) {
            new Raster(dataset.sampleShape()); // which refuses what is no image
        }
    }

    /** Batches in the dataset's own order, filled ahead by a background thread. */
    public static Loader of(Dataset dataset, int batchSize) {
        return new Loader(dataset, batchSize, Sampling.IN_ORDER, 0, AHEAD, Chain.NONE);
    }

    /** This loader with a new random order in every epoch. */
    public Loader shuffled(long newSeed) {
        return new Loader(dataset, batchSize, Sampling.SHUFFLED, newSeed, ahead, augmentation);
    }

    /**
     * This loader with other samples drawn in every epoch, as {@link Sampling#BALANCED} does when some classes are rare.
     *
     * @param newSeed fixes what is drawn, together with the epoch's number
     */
    public Loader sampled(Sampling newSampling, long newSeed) {
        return new Loader(dataset, batchSize, newSampling, newSeed, ahead, augmentation);
    }

    /** This loader with another number of batches filled ahead; 0 fills each one when it is asked for. */
    public Loader ahead(int newAhead) {
        return new Loader(dataset, batchSize, sampling, seed, newAhead, augmentation);
    }

    /**
     * This loader with images that are changed at random, the same ones for the same (seed, epoch, sample).
     *
     * @throws IllegalArgumentException if the samples are not images
     */
    public Loader augmented(Chain chain) {
        return new Loader(dataset, batchSize, sampling, seed, ahead, chain);
    }

    /** The number of batches in an epoch. */
    public int batches() {
        return (dataset.size() - 1) / batchSize + 1;
    }

    /** All batches of an epoch; to be closed after use. */
    public Batches epoch(int epoch) {
        return epoch(epoch, 0);
    }

    /**
     * The batches of an epoch from the given one on, as when training goes on where it was stopped; to be closed after
     * use.
     *
     * @param epoch the epoch's number, 0 or more
     * @param first the batch to begin with, from 0 to {@link #batches()}, where the last means that none is left
     * @throws IllegalArgumentException if one of them is out of range
     */
    public Batches epoch(int epoch, int first) {
        if (epoch < 0) {
            throw new IllegalArgumentException("loader: expected an epoch of 0 or more, received " + epoch);
        }
        if (first < 0 || first > batches()) {
            throw new IllegalArgumentException(
                    "loader: expected a first batch from 0 to " + batches() + ", received " + first);
        }
        int[] order = sampling.order(dataset, seed, epoch);
        BatchSource source = new BatchSource(dataset, batchSize, order, augmenter(epoch));
        return new Batches(source, first, ahead);
    }

    private @Nullable Augmenter augmenter(int epoch) {
        return augmentation.isEmpty() ? null : new Augmenter(augmentation, dataset.sampleShape(), seed, epoch);
    }

    private static boolean fits(Dataset dataset, int samples) {
        return (long) samples * dataset.sampleShape().elements() <= Integer.MAX_VALUE - 64;
    }
}
