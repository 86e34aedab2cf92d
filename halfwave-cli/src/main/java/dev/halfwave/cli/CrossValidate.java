package dev.halfwave.cli;

import dev.halfwave.data.Folds;
import dev.halfwave.data.Splits;
import dev.halfwave.experiment.Estimate;
import dev.halfwave.train.CrossValidation;
import dev.halfwave.train.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code halfwave cross-validate}. */
@Command(
        name = "cross-validate",
        description = "Judge a way of training by k models, each trained on all training images but a k-th part and"
                + " judged by that part.",
        sortOptions = false,
        footer = {
            "",
            "The parts hold the classes in proportion. The test images are not looked at. Nothing is saved.",
            "The interval is mean ± t·s/√k. The models share training images, so take it as a rough guide.",
            "",
            "Example: halfwave cross-validate --folds 5 --epochs 2 --limit 2000"
        })
final class CrossValidate implements Callable<Integer> {
    private static final String FOLDS = "--folds";

    @Spec
    private CommandSpec spec;

    @Option(names = FOLDS, paramLabel = "K", description = "How many parts, 2 or more (default: ${DEFAULT-VALUE}).")
    private int folds = 5;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private KeepOptions keep = new KeepOptions();

    @Mixin
    private Threads threads = new Threads();

    @Option(names = "--json", description = "Print one JSON object per fold, and one at the end.")
    private boolean json;

    @Override
    public Integer call() {
        Check check = new Check(spec.commandLine());
        if (folds < 2) {
            throw check.wrong(FOLDS, "2 or more", folds);
        }
        threads.check(check);
        RunSettings settings = options.settings();
        Keeping keeping = keep.settings(settings.validation());
        if (spec.commandLine().getParseResult().hasMatchedOption("--validation") && !keeping.needsValidation()) {
            throw check.wrong("--validation", "--early-stop or --keep best with it", settings.validation());
        }
        Splits splits = settings.data().open(check);
        List<Splits> parts = Folds.of(splits.train(), folds, settings.plan().seed());
        Console console = Console.of(spec, json);
        return threads.with(pool -> {
            judge(parts, new FoldRun(settings, keeping, pool, console), console);
            return 0;
        });
    }

    private void judge(List<Splits> parts, FoldRun run, Console console) {
        CrossValidation validation = run.validation();
        List<Score> scores = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            console.say(String.format(
                    Locale.ROOT,
                    "fold %d/%d: %,d images to train on, %,d to judge by",
                    i + 1,
                    parts.size(),
                    parts.get(i).train().size(),
                    parts.get(i).test().size()));
            Score score = validation.judge(parts.get(i), 1).score();
            scores.add(score);
            console.result(
                    Json.object(
                            "fold", i + 1,
                            "accuracy", score.accuracy(),
                            "loss", score.loss(),
                            "samples", score.samples()),
                    String.format(
                            Locale.ROOT,
                            "fold %d/%d  loss %.4f  accuracy %.4f",
                            i + 1,
                            parts.size(),
                            score.loss(),
                            score.accuracy()));
        }
        report(scores, console);
    }

    private void report(List<Score> scores, Console console) {
        Estimate loss = interval(scores, Score::loss);
        Estimate accuracy = interval(scores, Score::accuracy);
        console.result(
                Json.object(
                        "folds", folds,
                        "meanAccuracy", accuracy.mean(),
                        "accuracyDeviation", accuracy.deviation(),
                        "accuracyReach95", accuracy.margin(),
                        "meanLoss", loss.mean(),
                        "lossDeviation", loss.deviation(),
                        "lossReach95", loss.margin()),
                String.format(
                        Locale.ROOT,
                        "mean loss %.4f ± %.4f%nmean accuracy %.4f ± %.4f (95 %%, Student's t with %d degrees of freedom)",
                        loss.mean(),
                        loss.margin(),
                        accuracy.mean(),
                        accuracy.margin(),
                        folds - 1));
    }

    private static Estimate interval(List<Score> scores, ToDoubleFunction<Score> of) {
        return Estimate.of(scores.stream().mapToDouble(of).toArray());
    }
}
