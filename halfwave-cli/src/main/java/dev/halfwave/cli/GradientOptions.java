package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.format.AtomicFile;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.train.GradientFlow;
import dev.halfwave.train.LayerFlow;
import dev.halfwave.train.Trainer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say whether to follow gradients through the layers in training. */
final class GradientOptions {
    private static final int SAMPLES = 32;
    private static final int MEASUREMENTS = 40;

    private final List<List<LayerFlow>> measured = new ArrayList<>();

    @Option(
            names = "--gradients",
            paramLabel = "FILE.html",
            description =
                    "Measure activations, gradients and updates of every layer about 40 times on the way, and write"
                            + " a page of pictures and tables that flags what vanishes, explodes, stands still or jumps.")
    private @Nullable Path page;

    /** Follows a trainer if that was asked for. */
    void addTo(Trainer trainer, Dataset data, WorkerPool pool) {
        if (page != null) {
            int batch = trainer.plan().batchSize();
            long steps =
                    (long) ((data.size() + batch - 1) / batch) * trainer.plan().epochs();
            int every = (int) Math.max(2, steps / MEASUREMENTS);
            trainer.addListener(
                    GradientFlow.of(trainer.model(), trainer.plan().loss(), data, SAMPLES, every, pool, measured::add));
        }
    }

    /** Writes the page, if it was asked for and there is something to show. */
    void write(Console console, String network) {
        if (page == null) {
            return;
        }
        if (measured.isEmpty()) {
            console.say("no gradients measured: training ended before the first measurement");
            return;
        }
        String html = new GradientPage(network, measured).page().toString();
        AtomicFile.write(page, stream -> stream.write(html.getBytes(StandardCharsets.UTF_8)));
        GradientPage.warnings(measured).forEach(console::say);
        console.say("saved " + page);
    }
}
