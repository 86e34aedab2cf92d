package dev.halfwave.cli;

import dev.halfwave.data.Batches;
import dev.halfwave.data.Dataset;
import dev.halfwave.data.Loader;
import dev.halfwave.data.Sampling;
import dev.halfwave.data.augment.Chain;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An image as training sees it: itself, and how the first epochs change it; where images are mixed, others that follow it too.
 *
 * @param dataset where the image comes from
 * @param index which one it is
 * @param chain how it is changed
 * @param seed what decides what is drawn
 */
record AugmentedSheet(Dataset dataset, int index, Chain chain, long seed) {
    private static final int ROWS = 4;
    private static final int COLUMNS = 8;
    private static final int GAP = 2;
    private static final float BETWEEN = 0.5f;
    private static final int LARGE_ENOUGH = 84;

    /** All versions in rows, the image itself first, small ones enlarged: {@code [H, W, C]}. */
    Tensor picture() {
        Shape sample = dataset.sampleShape();
        int zoom = Math.max(1, LARGE_ENOUGH / Math.max(sample.size(0), sample.size(1)));
        int height = zoom * sample.size(0) + GAP;
        int width = zoom * sample.size(1) + GAP;
        Tensor sheet = Tensor.full(Shape.of(ROWS * height - GAP, COLUMNS * width - GAP, sample.size(2)), BETWEEN);
        float[] tiles = versions();
        for (int tile = 0; tile < ROWS * COLUMNS; tile++) {
            Place into = new Place(sheet, tile / COLUMNS * height, tile % COLUMNS * width);
            into.put(tiles, tile * sample.elements(), sample, zoom);
        }
        return sheet;
    }

    private float[] versions() {
        int[] shown = IntStream.range(0, ROWS * COLUMNS)
                .map(i -> chain.mixing().isPresent() ? (index + i) % dataset.size() : index)
                .toArray();
        Loader loader = new Loader(dataset.subset(shown), shown.length, Sampling.IN_ORDER, seed, 0, chain);
        try (Batches batches = loader.epoch(0)) {
            float[] all = batches.next().images().data();
            float[] copy = Arrays.copyOf(all, all.length);
            dataset.read(index, copy, 0);
            return copy;
        }
    }

    /** A place in the sheet. */
    private record Place(Tensor sheet, int top, int left) {
        void put(float[] pixels, int from, Shape sample, int zoom) {
            int channels = sample.size(2);
            for (int row = 0; row < sample.size(0) * zoom; row++) {
                for (int column = 0; column < sample.size(1) * zoom; column++) {
                    int pixel = from + (row / zoom * sample.size(1) + column / zoom) * channels;
                    int to = ((top + row) * sheet.shape().size(1) + left + column) * channels;
                    System.arraycopy(pixels, pixel, sheet.data(), to, channels);
                }
            }
        }
    }
}
