package dev.halfwave.cli;

import dev.halfwave.train.Evaluation;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that ask for more than loss and accuracy. */
final class MetricsOptions {
    private static final String CONFUSION = "--confusion";
    private static final String TOP_K = "--top-k";
    private static final Pattern PICTURE = Pattern.compile(".*\\.(png|svg|html)");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--metrics",
            description = "Also show what was taken for what, and each class's precision, recall and F1.")
    private boolean metrics;

    @Option(
            names = TOP_K,
            paramLabel = "K",
            description = "Also show how often the right class is among the K most likely ones.")
    private @Nullable Integer topK;

    @Option(
            names = CONFUSION,
            paramLabel = "FILE.png|svg|html",
            description = "Draw the confusion matrix: what was taken for what.")
    private @Nullable Path confusion;

    /** Refuses what cannot be drawn before anything is computed. */
    void check(int classes) {
        Check check = new Check(spec.commandLine());
        if (topK != null && (topK < 1 || topK > classes)) {
            throw check.wrong(TOP_K, "1 to the number of classes, " + classes, topK);
        }
        if (confusion != null && !PICTURE.matcher(confusion.toString()).matches()) {
            throw check.wrong(CONFUSION, "a file that ends in .png, .svg or .html", confusion);
        }
    }

    /** How many classes the top-k accuracy looks at. */
    int topK() {
        return topK == null ? 1 : topK;
    }

    /** Draws if a picture was asked for, and adds what was asked for to a result; returns the text to put before it. */
    String report(Evaluation evaluation, String data, Map<String, Object> object) {
        MetricsReport report = new MetricsReport(evaluation);
        StringBuilder text = new StringBuilder();
        if (confusion != null) {
            new ConfusionPicture(evaluation.confusion(), data).write(confusion);
            object.put("confusionPicture", confusion.toString());
            text.append("saved ").append(confusion).append(System.lineSeparator());
        }
        if (metrics) {
            object.putAll(report.object());
            text.append(report.text()).append(System.lineSeparator());
        }
        if (topK != null) {
            object.put("topK", topK);
            object.put("topKAccuracy", evaluation.topK());
            text.append(report.topK()).append(System.lineSeparator());
        }
        return text.toString();
    }
}
