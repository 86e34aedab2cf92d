package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.inspect.EffectiveMap;
import dev.halfwave.inspect.EffectiveMaps;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Checks over a dataset that a network is one affine map around each image.
 *
 * @param model the network
 * @param data the images
 */
record MapSurvey(Model model, Dataset data) {
    /** What rounding may leave in float32. */
    private static final double FLOAT_BOUND = 1e-4;

    /** What it may leave in double. */
    private static final double DOUBLE_BOUND = 1e-10;

    private static final int TOLD_EVERY = 100;

    /** Prints the worst residuals; returns 1 if one of them is out of bounds. */
    int report(Console console) {
        long start = System.nanoTime();
        EffectiveMaps maps = EffectiveMaps.of(model, WorkerPool.shared());
        double[] single = new double[data.size()];
        double[] exact = new double[data.size()];
        double[] largest = new double[data.size()];
        for (int from = 0; from < data.size(); from += TOLD_EVERY) {
            int to = Math.min(data.size(), from + TOLD_EVERY);
            for (int i = from; i < to; i++) {
                single[i] = maps.at(image(i)).residual();
            }
            IntStream.range(from, to).parallel().forEach(i -> {
                EffectiveMap map = maps.exactlyAt(image(i));
                exact[i] = map.residual();
                largest[i] =
                        Arrays.stream(map.logits().data()).map(Math::abs).max().orElse(0);
            });
            console.say(String.format(Locale.ROOT, "%,d of %,d images", to, data.size()));
        }
        return print(console, single, exact, largest, (System.nanoTime() - start) / 1e9);
    }

    private Tensor image(int index) {
        Tensor image = Tensor.zeros(data.sampleShape());
        data.read(index, image.data(), 0);
        return image;
    }

    private int print(Console console, double[] single, double[] exact, double[] largest, double seconds) {
        int worstSingle = worst(single);
        int worstExact = worst(exact);
        boolean within = single[worstSingle] <= FLOAT_BOUND && exact[worstExact] <= DOUBLE_BOUND;
        console.result(
                Json.object(
                        "images",
                        data.size(),
                        "worstResidualFloat",
                        single[worstSingle],
                        "boundFloat",
                        FLOAT_BOUND,
                        "worstImageFloat",
                        worstSingle,
                        "worstResidualDouble",
                        exact[worstExact],
                        "boundDouble",
                        DOUBLE_BOUND,
                        "worstImageDouble",
                        worstExact,
                        "largestLogit",
                        largest[worst(largest)],
                        "withinBounds",
                        within,
                        "seconds",
                        seconds,
                        "data",
                        data.name(),
                        "network",
                        model.network().name()),
                String.format(
                        Locale.ROOT,
                        "logits = W·x + b around each of %,d images of %s, logits up to %.1f%n"
                                + "worst residual in float   %.2e (at most %.0e) in image %d%n"
                                + "worst residual in double  %.2e (at most %.0e) in image %d",
                        data.size(),
                        data.name(),
                        largest[worst(largest)],
                        single[worstSingle],
                        FLOAT_BOUND,
                        worstSingle,
                        exact[worstExact],
                        DOUBLE_BOUND,
                        worstExact));
        return within ? 0 : 1;
    }

    /** Where the largest number is; a NaN is the largest of all. */
    private static int worst(double[] numbers) {
        return IntStream.range(0, numbers.length)
                .reduce((a, b) -> Double.compare(numbers[b], numbers[a]) > 0 ? b : a)
                .orElseThrow();
    }
}
