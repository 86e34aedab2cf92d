package dev.halfwave.cli;

import dev.halfwave.data.Batches;
import dev.halfwave.data.Loader;
import java.util.Locale;
import java.util.Map;

/**
 * How fast batches come when nothing is computed on them.
 *
 * @param images in an epoch
 * @param first images a second in the first epoch, in which they are read and decoded
 * @param second images a second in the next one, in which they are in memory if all of them together are small enough
 */
record DataSpeed(int images, double first, double second) {

    /** Reads two epochs. */
    static DataSpeed of(Loader loader) {
        return new DataSpeed(loader.dataset().size(), measured(loader, 0), measured(loader, 1));
    }

    private static double measured(Loader loader, int epoch) {
        long start = System.nanoTime();
        long images = 0;
        try (Batches batches = loader.epoch(epoch)) {
            while (batches.hasNext()) {
                images += batches.next().size();
            }
        }
        return images * 1e9 / (System.nanoTime() - start);
    }

    Map<String, ?> object(Loader loader) {
        return Json.object(
                "data", loader.dataset().name(),
                "images", images,
                "shape", loader.dataset().sampleShape().toString(),
                "firstImagesPerSecond", first,
                "imagesPerSecond", second);
    }

    String text(Loader loader) {
        return String.format(
                Locale.ROOT,
                "%s: %,d images of %s%nread and decoded %,.0f images/s%nfrom memory %,.0f images/s",
                loader.dataset().name(),
                images,
                loader.dataset().sampleShape(),
                first,
                second);
    }
}
