package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.inspect.Activity;
import dev.halfwave.inspect.IntervalBounds;
import dev.halfwave.inspect.LayerActivity;
import dev.halfwave.inspect.ProvedLayer;
import dev.halfwave.inspect.Sparsity;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What the units of a model do on a dataset, beside what is proved about them for all images.
 *
 * @param model the model
 * @param data the images
 */
record UnitSurvey(Model model, Dataset data) {

    /** Prints one line per layer. */
    int report(Console console) {
        List<LayerActivity> layers = Activity.of(model, data, WorkerPool.shared());
        List<ProvedLayer> proved = IntervalBounds.of(model, 0, 1).layers();
        List<Sparsity> products = Sparsity.of(model, data, WorkerPool.shared());
        List<Map<String, Object>> objects = new ArrayList<>();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d images of %s; a unit is a channel, or an element of a dense layer%n%-28s %6s %7s %12s %7s %10s %10s %9s %6s%n",
                data.size(),
                data.name(),
                "layer",
                "units",
                "silent",
                "proved dead",
                "always",
                "proved on",
                "saturated",
                "fires",
                "zeros"));
        for (int i = 0; i < layers.size(); i++) {
            objects.add(object(layers.get(i), proved.get(i)));
            text.append(line(layers.get(i), proved.get(i)));
        }
        double saved = products.stream().mapToDouble(Sparsity::saved).sum();
        long all = products.stream().mapToLong(Sparsity::multiplyAdds).sum();
        text.append(String.format(
                Locale.ROOT,
                "skipping zeros would save %.1f %% of %,d multiply-adds per image",
                100 * saved / all,
                all));
        console.result(
                Json.object(
                        "data", data.name(),
                        "examples", data.size(),
                        "pixelRange", List.of(0, 1),
                        "layers", objects,
                        "products", products.stream().map(UnitSurvey::object).toList(),
                        "multiplyAdds", all,
                        "savedShare", saved / all),
                text.toString());
        return 0;
    }

    private static Map<String, Object> object(LayerActivity layer, ProvedLayer proved) {
        return Json.object(
                "layer", layer.name(),
                "activation", layer.activation(),
                "units", layer.units(),
                "places", layer.places(),
                "examples", layer.examples(),
                "silentMeansDead", layer.cuts(),
                "silent", units(layer, layer::neverFires),
                "provedDead", units(layer, unit -> proved.off()[unit]),
                "alwaysFires", units(layer, layer::alwaysFires),
                "provedAlwaysOn", units(layer, unit -> proved.on()[unit]),
                "saturatedShare", layer.saturatedShare(),
                "firingFraction", layer.firingFraction(),
                "firingFractions",
                        IntStream.range(0, layer.units())
                                .mapToObj(layer::firingFraction)
                                .toList(),
                "zeroShare", layer.zeros().mean(),
                "leastZeroShare", layer.zeros().least(),
                "mostZeroShare", layer.zeros().most());
    }

    private static List<Integer> units(LayerActivity layer, IntPredicate which) {
        return IntStream.range(0, layer.units()).filter(which).boxed().toList();
    }

    private static Map<String, Object> object(Sparsity product) {
        return Json.object(
                "op", product.name(),
                "zeroShare", product.zeroShare(),
                "multiplyAdds", product.multiplyAdds(),
                "savedShare", product.savedShare());
    }

    private static String line(LayerActivity layer, ProvedLayer proved) {
        return String.format(
                Locale.ROOT,
                "%-28s %6d %7d %12d %7d %10d %8.1f %% %7.1f %% %4.0f %%%n",
                layer.name(),
                layer.units(),
                layer.silent(),
                units(layer, unit -> proved.off()[unit]).size(),
                layer.alwaysOn(),
                units(layer, unit -> proved.on()[unit]).size(),
                100 * layer.saturatedShare(),
                100 * layer.firingFraction(),
                100 * layer.zeros().mean());
    }
}
