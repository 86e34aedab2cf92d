package dev.halfwave.cli;

import dev.halfwave.data.Splits;
import dev.halfwave.experiment.ComparisonPlan;
import dev.halfwave.kernel.Providers;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.train.Optimizers;
import dev.halfwave.train.Schedules;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Under which conditions activations were compared.
 *
 * @param model the network's name
 * @param data a short name for the data
 * @param training how many images every run trained on
 * @param validating how many images learning rates were judged on
 * @param testing how many images accuracies were measured on
 * @param plan how the comparison went
 */
record ComparisonSetting(String model, String data, int training, int validating, int testing, ComparisonPlan plan) {

    static ComparisonSetting of(String model, String data, Splits splits, ComparisonPlan plan) {
        int whole = splits.train().size();
        int validating = (int) Math.round(plan.validation() * whole);
        return new ComparisonSetting(
                model, data, whole - validating, validating, splits.test().size(), plan);
    }

    /** On one line. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%s on %s: %,d images to train on, %,d to tune with, %,d to test; %s, %s, %s in batches of %d; %s;"
                        + " learning rate chosen from %s by the validation error after %s; %s; %s",
                model,
                data,
                training,
                validating,
                testing,
                Optimizers.spec(plan.optimizer()),
                Schedules.spec(plan.schedule()),
                counted(plan.epochs(), "epoch"),
                plan.batchSize(),
                plan.seeds() == 1
                        ? "seed " + plan.firstSeed()
                        : "seeds " + plan.firstSeed() + " to " + (plan.firstSeed() + plan.seeds() - 1),
                plan.rates().stream().map(Numbers::plain).collect(Collectors.joining(", ")),
                counted(plan.tuningEpochs(), "epoch"),
                Providers.report(),
                counted(WorkerPool.shared().threads(), "thread"));
    }

    private static String counted(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    /** For machines. */
    Map<String, Object> object() {
        return Json.object(
                "model", model,
                "data", data,
                "trainImages", training,
                "validationImages", validating,
                "testImages", testing,
                "optimizer", Optimizers.spec(plan.optimizer()),
                "schedule", Schedules.spec(plan.schedule()),
                "epochs", plan.epochs(),
                "batch", plan.batchSize(),
                "rates", plan.rates(),
                "tuningEpochs", plan.tuningEpochs(),
                "tuningSeed", plan.tuningSeed(),
                "seeds",
                        LongStream.range(plan.firstSeed(), plan.firstSeed() + plan.seeds())
                                .boxed()
                                .toList(),
                "kernels", Providers.active().name(),
                "threads", WorkerPool.shared().threads(),
                "cpu", Machine.cpu(),
                "jvm", Machine.jvm());
    }
}
