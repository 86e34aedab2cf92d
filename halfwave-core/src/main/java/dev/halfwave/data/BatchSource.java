package dev.halfwave.data;

import dev.halfwave.data.augment.Augmenter;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The batches of one epoch by number: how many there are, how large, and what is in them. */
final class BatchSource {
    private final Dataset dataset;
    private final int batchSize;
    private final int[] order;
    private final @Nullable Augmenter augmenter;

    /** How often the sample at each place came before in the epoch; empty without an augmenter. */
    private final int[] repeats;

    BatchSource(Dataset dataset, int batchSize, int[] order, @Nullable Augmenter augmenter) {
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.order = order;
        this.augmenter = augmenter;
        repeats = augmenter == null ? new int[0] : repeats(order, dataset.size());
    }

    private static int[] repeats(int[] order, int samples) {
        int[] seen = new int[samples];
        int[] repeats = new int[order.length];
        for (int place = 0; place < order.length; place++) {
            repeats[place] = seen[order[place]]++;
        }
        return repeats;
    }

    /** What an augmenter takes for the sample at a place: its number, or another one if it came before. */
    private long drawn(int place) {
        return order[place] + (long) repeats[place] * dataset.size();
    }

    int batches() {
        return (order.length - 1) / batchSize + 1;
    }

    /**
     * Buffers for the batches from {@code first} on: at most {@code most} for whole batches, and one for a smaller last
     * one.
     */
    Buffers buffers(int first, int most) {
        int whole = order.length / batchSize;
        Batch[] ring = new Batch[Math.min(most, Math.max(0, whole - first))];
        for (int i = 0; i < ring.length; i++) {
            ring[i] = empty(batchSize);
        }
        return new Buffers(ring, empty(order.length % batchSize), whole);
    }

    private Batch empty(int size) {
        Batch batch = new Batch(Tensor.zeros(dataset.sampleShape().prepend(size)), Tensor.zeros(Shape.of(size)));
        return augmenter != null && augmenter.mixes() ? batch.mixed(Mixture.none(size)) : batch;
    }

    /** Fills a batch of the right size, unless {@code stopped} becomes true before the end; whether it was filled. */
    boolean fill(int number, Batch batch, BooleanSupplier stopped) {
        int elements = dataset.sampleShape().elements();
        for (int i = 0; i < batch.size(); i++) {
            if (stopped.getAsBoolean()) {
                return false;
            }
            int index = order[number * batchSize + i];
            dataset.read(index, batch.images().data(), i * elements);
            batch.labels().data()[i] = dataset.label(index);
            if (augmenter != null) {
                augmenter.transform(batch.images().data(), i * elements, drawn(number * batchSize + i));
            }
        }
        if (augmenter != null && batch.mixture() != null) {
            mix(augmenter, number, batch, batch.mixture());
        }
        return true;
    }

    /** Mixes the first sample with the last, the second with the last but one, and so on. */
    private void mix(Augmenter mixer, int number, Batch batch, Mixture mixture) {
        int elements = dataset.sampleShape().elements();
        for (int i = 0; i < batch.size(); i++) {
            int with = batch.size() - 1 - i;
            mixture.others().data()[i] = batch.labels().data()[with];
            if (i <= with) {
                double share = i == with
                        ? 1
                        : mixer.mix(
                                batch.images().data(), i * elements, with * elements, drawn(number * batchSize + i));
                mixture.shares().data()[i] = (float) share;
                mixture.shares().data()[with] = (float) share;
            }
        }
    }

    /** Where batches are written, again and again. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Buffers(Batch[] ring, Batch last, int whole) {
        Batch of(int number) {
            return number < whole ? ring[number % ring.length] : last;
        }
    }
}
