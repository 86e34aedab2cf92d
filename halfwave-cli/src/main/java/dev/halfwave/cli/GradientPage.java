package dev.halfwave.cli;

import dev.halfwave.claims.Heat;
import dev.halfwave.train.LayerFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Magnitudes of activations, gradients and updates by layer and step, as one page.
 *
 * @param network what was trained
 * @param measured one list per step, with one entry per layer
 */
record GradientPage(String network, List<List<LayerFlow>> measured) {
    private static final int WIDTH = 800;
    private static final double LEAST = 1e-30;

    /** What can be wrong with a layer. */
    private static final Map<String, Predicate<LayerFlow>> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put("vanishes", LayerFlow::vanishes);
        FLAGS.put("explodes", LayerFlow::explodes);
        FLAGS.put("stands still", LayerFlow::standsStill);
        FLAGS.put("jumps", LayerFlow::jumps);
    }

    /** Builds it. */
    HtmlPage page() {
        HtmlPage page = new HtmlPage("Gradients in " + network)
                .text("Root mean squares on the same images after each of these steps, in powers of ten. A gradient"
                        + " vanishes below " + LayerFlow.VANISHING + " of the last layer's and explodes above "
                        + (int) LayerFlow.EXPLODING
                        + " times it; weights stand still if a step changes them by less than "
                        + LayerFlow.STANDING + " of their size, and jump above " + LayerFlow.JUMPING + ".");
        warnings(measured).forEach(page::text);
        page.table(flags());
        add(page, "Gradient by the layer's output", "log₁₀ of the gradient", LayerFlow::gradient);
        add(page, "Activation", "log₁₀ of the output", LayerFlow::activation);
        add(page, "Gradient of the weights", "log₁₀ of the gradient", LayerFlow::weightGradient);
        add(page, "Update over weight", "log₁₀ of update over weight", LayerFlow::updateRatio);
        return page;
    }

    private void add(HtmlPage page, String heading, String what, ToDoubleFunction<LayerFlow> number) {
        Heat heat = heat(what, number);
        page.section(heading)
                .picture(
                        what + " by layer and step",
                        WIDTH,
                        theme -> new HeatChart(theme).draw(heat),
                        HeatChart.table(heat));
    }

    private Heat heat(String what, ToDoubleFunction<LayerFlow> number) {
        List<List<Double>> values = new ArrayList<>();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int layer = 0; layer < layers().size(); layer++) {
            List<Double> row = new ArrayList<>();
            for (List<LayerFlow> step : measured) {
                double log = Math.log10(Math.max(LEAST, number.applyAsDouble(step.get(layer))));
                low = Math.min(low, log);
                high = Math.max(high, log);
                row.add(log);
            }
            values.add(row);
        }
        List<String> steps =
                measured.stream().map(step -> Long.toString(step.get(0).step())).toList();
        double lower = Math.floor(low);
        double upper = Math.max(Math.ceil(high), lower + 1);
        return new Heat("step of training", "layer", what, lower, upper, steps, layers(), values);
    }

    private List<String> layers() {
        return measured.get(0).stream().map(LayerFlow::layer).toList();
    }

    private List<List<String>> flags() {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(
                "layer", "gradient", "of the last one's", "activation", "update over weight", "at the end", "ever"));
        List<LayerFlow> last = measured.get(measured.size() - 1);
        for (int i = 0; i < last.size(); i++) {
            int layer = i;
            LayerFlow flow = last.get(i);
            List<LayerFlow> all = measured.stream().map(step -> step.get(layer)).toList();
            table.add(List.of(
                    flow.layer(),
                    Numbers.of(flow.gradient()),
                    Numbers.of(flow.relativeGradient()),
                    Numbers.of(flow.activation()),
                    Numbers.of(flow.updateRatio()),
                    flagged(List.of(flow)),
                    flagged(all)));
        }
        return table;
    }

    private static String flagged(List<LayerFlow> flows) {
        List<String> names = FLAGS.entrySet().stream()
                .filter(flag -> flows.stream().anyMatch(flag.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        return names.isEmpty() ? "–" : String.join(", ", names);
    }

    /** One line for each thing that was wrong, with the layers and the share of the measurements. */
    static List<String> warnings(List<List<LayerFlow>> measured) {
        List<String> lines = new ArrayList<>();
        FLAGS.forEach((name, wrong) -> {
            List<String> layers = measured.stream()
                    .flatMap(List::stream)
                    .filter(wrong)
                    .map(LayerFlow::layer)
                    .distinct()
                    .toList();
            long times = measured.stream()
                    .filter(step -> step.stream().anyMatch(wrong))
                    .count();
            if (times > 0) {
                lines.add(String.format(
                        Locale.ROOT, "%s in %d of %d measurements: %s", name, times, measured.size(), layers));
            }
        });
        return lines;
    }
}
