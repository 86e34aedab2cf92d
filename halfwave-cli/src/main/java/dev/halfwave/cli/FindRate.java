package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.format.Pictures;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.train.Optimizers;
import dev.halfwave.train.RateFinder;
import dev.halfwave.train.RateSweep;
import dev.halfwave.train.TrainingPlan;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave lr-find}. */
@Command(
        name = "lr-find",
        description = "Look for a learning rate: train for one pass while the rate rises, and draw the loss.",
        sortOptions = false,
        footer = {
            "",
            "Takes the options of train; --lr, --schedule, --epochs and --validation's report have no effect. Nothing is kept.",
            "Good rates for --lr mostly lie between a tenth of the rate of the lowest loss and that where it falls fastest.",
            "",
            "Example: halfwave lr-find --data mnist --data-dir ~/data --model lenet --optimizer sgd --plot rates.png"
        })
final class FindRate implements Callable<Integer> {
    private static final int ROWS = 24;
    /** A rate ten times below that of the lowest loss is the usual cautious choice. */
    private static final double TENTH = 10;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--from", paramLabel = "X", description = "The first rate (default: ${DEFAULT-VALUE}).")
    private double from = 1e-6;

    @Option(names = "--to", paramLabel = "X", description = "The last rate (default: ${DEFAULT-VALUE}).")
    private double to = 10;

    @Option(names = "--plot", paramLabel = "FILE.png", description = "Draw the losses over the rates.")
    private @Nullable Path plot;

    @Option(names = "--json", description = "Print one JSON object per point, and one at the end.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        RateFinder finder = check.value("--from", () -> new RateFinder(from, to));
        RunSettings settings = options.settings();
        TrainingPlan plan = settings.plan();
        Dataset all = settings.data().open(check).train();
        Dataset train = settings.validation() > 0
                ? all.split(settings.validation(), plan.seed()).train()
                : all;
        Model model = settings.start(train);
        Console console = Console.of(spec, json);
        console.say(String.format(
                Locale.ROOT,
                "%s on %s: one pass over %,d images in batches of %d with %s, the rate rising from %s to %s",
                model.network().name(),
                settings.data().shortName(),
                train.size(),
                plan.batchSize(),
                Optimizers.spec(plan.optimizer()),
                from,
                to));
        RateSweep sweep = finder.sweep(model, plan, train, WorkerPool.shared(), batch -> {});
        report(console, sweep);
        if (plot != null) {
            draw(
                    sweep,
                    model.network().name() + " on " + settings.data().shortName() + ", "
                            + Optimizers.spec(plan.optimizer()),
                    plot);
        }
        conclude(console, sweep);
        return 0;
    }

    /** Every point for machines; a table of some for people. */
    private void report(Console console, RateSweep sweep) {
        if (json) {
            sweep.points()
                    .forEach(point -> console.result(
                            Json.object("rate", point.rate(), "loss", point.loss(), "smoothed", point.smoothed()), ""));
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        int count = sweep.points().size();
        int every = Math.max(1, (count + ROWS - 1) / ROWS);
        for (int i = 0; i < count; i += every) {
            RateSweep.Point point = sweep.points().get(i);
            rows.add(List.of(
                    String.format(Locale.ROOT, "%.2e", point.rate()),
                    String.format(Locale.ROOT, "%.4f", point.loss()),
                    String.format(Locale.ROOT, "%.4f", point.smoothed())));
        }
        console.result(Map.of(), new TextTable(List.of("rate", "loss", "smoothed"), rows).aligned());
    }

    private static void draw(RateSweep sweep, String title, Path file) {
        BufferedImage picture = new RateChart(sweep, title).draw();
        int width = picture.getWidth();
        int[] argb = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
        Pictures.writePng(file, width, picture.getHeight(), argb);
    }

    private void conclude(Console console, RateSweep sweep) {
        double steepest = sweep.steepest().map(RateSweep.Point::rate).orElse(Double.NaN);
        double lowest = sweep.lowest().map(RateSweep.Point::rate).orElse(Double.NaN);
        Map<String, Object> object = Json.object(
                "steepest",
                steepest,
                "lowest",
                lowest,
                "diverged",
                sweep.diverged(),
                "points",
                sweep.points().size());
        String saved = "";
        if (plot != null) {
            object.put("plot", plot.toString());
            saved = "saved " + plot + System.lineSeparator();
        }
        console.result(object, saved + text(steepest, lowest, sweep.diverged()));
    }

    private static String text(double steepest, double lowest, boolean diverged) {
        if (Double.isNaN(steepest)) {
            return "the loss did not fall; try other rates with --from and --to, or more images";
        }
        return String.format(
                Locale.ROOT,
                "falls fastest at %.2g, lowest at %.2g; %s%ntry --lr %.2g to %.2g",
                steepest,
                lowest,
                diverged ? "the loss exploded before the last rate" : "the last rate was reached",
                Math.min(steepest, lowest / TENTH),
                Math.max(steepest, lowest / TENTH));
    }
}
