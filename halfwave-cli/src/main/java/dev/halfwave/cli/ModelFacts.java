package dev.halfwave.cli;

import dev.halfwave.inspect.LayerSummary;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is in a model.
 *
 * @param model the model
 * @param layers its layers
 */
record ModelFacts(Model model, List<LayerSummary> layers) {
    static ModelFacts of(Model model) {
        return new ModelFacts(model, LayerSummary.of(model.network()));
    }

    /** How many numbers training changes. */
    long trainable() {
        return layers.stream().mapToLong(LayerSummary::trainable).sum();
    }

    /** How many numbers are kept besides. */
    long fixed() {
        return layers.stream().mapToLong(LayerSummary::fixed).sum();
    }

    /** For machines. */
    Map<String, Object> object() {
        return Json.object(
                "name", model.network().name(),
                "input", sizes(model.network().sample()),
                "classes", model.classes(),
                "trainable", trainable(),
                "fixed", fixed(),
                "layers", layers.stream().map(ModelFacts::object).toList());
    }

    private static Map<String, Object> object(LayerSummary layer) {
        return Json.object(
                "name", layer.name(),
                "ops", layer.ops(),
                "output", sizes(layer.output()),
                "trainable", layer.trainable(),
                "fixed", layer.fixed());
    }

    static List<Integer> sizes(Shape shape) {
        return Arrays.stream(shape.sizes()).boxed().toList();
    }

    /** One line per layer: its name, output and parameters, and what it computes. */
    String table() {
        StringBuilder table = new StringBuilder(model.network().name() + ": "
                + model.network().sample() + " to " + String.join(", ", model.classes()) + System.lineSeparator());
        int widest =
                layers.stream().mapToInt(layer -> layer.name().length()).max().orElse(1);
        for (LayerSummary layer : layers) {
            table.append(String.format(
                    Locale.ROOT,
                    "  %-" + widest + "s  %-16s  %,12d  %s%n",
                    layer.name(),
                    layer.output(),
                    layer.trainable() + layer.fixed(),
                    String.join(", ", layer.ops())));
        }
        String statistics = fixed() == 0 ? "" : String.format(Locale.ROOT, " and %,d statistics", fixed());
        return table + String.format(Locale.ROOT, "%,d parameters", trainable()) + statistics;
    }
}
