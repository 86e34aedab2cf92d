package dev.halfwave.cli;

import dev.halfwave.data.ImageOptions;
import dev.halfwave.data.Splits;
import dev.halfwave.experiment.ActivationComparison;
import dev.halfwave.experiment.Comparison;
import dev.halfwave.experiment.ComparisonPlan;
import dev.halfwave.format.AtomicFile;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Networks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code halfwave compare}. */
@Command(
        name = "compare",
        description =
                "Train a network with several activations over the same seeds, and say which differences are real.",
        sortOptions = false,
        footer = {
            "",
            "Learning rates are tuned for each activation on validation images; test images decide nothing.",
            "Intervals are of 95 %%; verdicts allow for the number of comparisons.",
            "",
            "Example: halfwave compare --activations relu,tanh --data mnist --data-dir ~/data --limit 6000 --out"
                    + " compare.html"
        })
final class Compare implements Callable<Integer> {
    private static final String SECTION = "compare";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CompareOptions options = new CompareOptions();

    @Mixin
    private DataOptions data = new DataOptions();

    @Option(
            names = "--target-error",
            paramLabel = "SHARE",
            description = "Also say how long each takes to this training error (default: ${DEFAULT-VALUE}).")
    private double target = 0.05;

    @Option(names = "--out", paramLabel = "FILE.html", description = "Write a page with learning curves.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print one JSON object with every run.")
    private boolean json;

    @Option(names = "--markdown", description = "Print the table in Markdown.")
    private boolean markdown;

    @Option(
            names = "--into",
            paramLabel = "FILE.md",
            description = "Put the Markdown into this file, between the lines <!-- compare --> and <!-- /compare -->.")
    private @Nullable Path into;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        if (!(target > 0 && target < 1)) {
            throw check.wrong("--target-error", "a share between 0 and 1, both excluded", target);
        }
        if (markdown && json) {
            throw new ParameterException(
                    check.command(), "--markdown: expected a table alone, received --json besides");
        }
        if (into != null) {
            new MarkdownSection(into, SECTION).check();
        }
        ComparisonPlan plan = options.plan();
        String model = options.model();
        DataSettings from = data.settings(ImageOptions.asTheyAre());
        Splits splits = from.open(check);
        ComparisonSetting setting = ComparisonSetting.of(model, from.shortName(), splits, plan);
        Console console = Console.of(spec, json);
        console.say(setting.text());
        report(run(plan, model, splits, console), setting, console);
        return 0;
    }

    private static Comparison run(ComparisonPlan plan, String model, Splits splits, Console console) {
        return new ActivationComparison(
                        plan,
                        f -> Networks.of(
                                model,
                                splits.train().sampleShape(),
                                splits.train().classes().size(),
                                f),
                        splits,
                        WorkerPool.shared(),
                        new ComparisonLines(console))
                .run();
    }

    private void report(Comparison comparison, ComparisonSetting setting, Console console) {
        ComparisonTable table = new ComparisonTable(comparison, target);
        TextTable rows = new TextTable(table.head(), table.rows());
        String verdicts = String.join(System.lineSeparator(), new ComparisonTexts(comparison, target).verdicts());
        String text = markdown
                ? rows.markdown()
                : rows.aligned() + System.lineSeparator() + System.lineSeparator() + verdicts;
        console.result(new ComparisonObject(comparison, setting, target).object(), text.stripTrailing());
        if (into != null) {
            new MarkdownSection(into, SECTION).replace(section(rows, setting));
            console.say("saved " + into);
        }
        if (out != null) {
            String page = new ComparisonPage(comparison, setting, target).page().toString();
            AtomicFile.write(out, stream -> stream.write(page.getBytes(StandardCharsets.UTF_8)));
            console.say("saved " + out);
        }
    }

    private String section(TextTable rows, ComparisonSetting setting) {
        return "Generated by `" + commandLine() + "` on " + Machine.cpu() + ", " + Machine.jvm() + ".\n\n"
                + setting.text() + ".\n\n" + rows.markdown();
    }

    /** What was typed, but for the place of the data, which is another on every machine. */
    private String commandLine() {
        List<String> words = new ArrayList<>(List.of("./halfwave"));
        boolean folder = false;
        for (String word : spec.commandLine().getParseResult().originalArgs()) {
            String shown = folder ? "DIR" : word.replaceFirst("^--data-dir=.*", "--data-dir=DIR");
            words.add(shown.matches("[\\w./:,=-]+") ? shown : "\"" + shown + "\"");
            folder = word.equals("--data-dir");
        }
        return String.join(" ", words);
    }
}
