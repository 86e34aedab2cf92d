package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.inspect.ActivatedLayers;
import dev.halfwave.inspect.Activity;
import dev.halfwave.inspect.EffectiveMaps;
import dev.halfwave.inspect.IntervalBounds;
import dev.halfwave.inspect.LayerActivity;
import dev.halfwave.inspect.ProvedLayer;
import dev.halfwave.inspect.Sparsity;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be said about a model and an image, as one page.
 *
 * @param model the model
 * @param image what to look at
 * @param name what the image is called
 * @param data more images, if there are any
 * @param layer the only layer to show, or null for all
 * @param regions how many linear regions to count, or null for as many as take seconds
 */
record InspectReport(
        Model model,
        Tensor image,
        String name,
        @Nullable Dataset data,
        @Nullable String layer,
        @Nullable Integer regions) {
    /** Multiply-adds that counting regions may take: seconds. */
    private static final double WORK = 1e10;

    private static final int CORNERS = 5;
    private static final int MOST_REGIONS = 50_000;

    /** Builds it. */
    HtmlPage page() {
        HtmlPage page = new HtmlPage(model.network().name() + " on " + name);
        int best = addPrediction(page);
        ActivatedLayers layers = ActivatedLayers.of(model);
        List<String> shown = layer == null ? layers.names() : List.of(layer);
        MapPages maps = new MapPages(model, image);
        addMaps(page, maps);
        maps.addAttribution(page, best);
        LayerPages pages = new LayerPages(model, image);
        shown.forEach(one -> pages.addMaps(page, layers, one));
        if (data != null) {
            addUnits(page, data);
            if (!shown.isEmpty()) {
                pages.addPatches(page, data, layers, shown.get(0));
            }
        }
        return page;
    }

    private int addPrediction(HtmlPage page) {
        float[] probabilities = model.predictor(WorkerPool.shared())
                .probabilities(image.reshape(image.shape().prepend(1)))
                .data();
        int best = 0;
        for (int k = 1; k < probabilities.length; k++) {
            best = probabilities[k] > probabilities[best] ? k : best;
        }
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("class", "probability"));
        for (int k = 0; k < probabilities.length; k++) {
            table.add(List.of(model.classes().get(k), Numbers.of(probabilities[k])));
        }
        String verdict = "The model takes it for " + model.classes().get(best) + " with a probability of "
                + Numbers.percent(probabilities[best]) + ".";
        Panel panel = new Panel(
                "pixels from black, 0, to white, 1", List.of(new Raster(PanelPicture.PANEL).ofImage(image)), 1);
        PanelPicture picture = new PanelPicture(List.of(panel), null, PanelPicture.PANEL);
        page.text(verdict).picture(name, picture.width(), theme -> picture.draw(name, "", theme), table);
        return best;
    }

    /** Networks that are not piecewise linear have no such map; the page says why. */
    private void addMaps(HtmlPage page, MapPages maps) {
        EffectiveMaps found;
        try {
            found = EffectiveMaps.of(model, WorkerPool.shared());
        } catch (IllegalArgumentException smooth) {
            page.section("No affine map").text(String.valueOf(smooth.getMessage()));
            return;
        }
        maps.addMap(page, found);
        if (data != null) {
            maps.addRegions(page, found, others(data), regions == null ? affordable() : regions);
        }
    }

    /** As many regions as can be counted in seconds. */
    private int affordable() {
        Dataset one = Objects.requireNonNull(data).range(0, 1);
        long products = Sparsity.of(model, one, WorkerPool.shared()).stream()
                .mapToLong(Sparsity::multiplyAdds)
                .sum();
        return (int) Math.max(100, Math.min(MOST_REGIONS, WORK / CORNERS / products));
    }

    /** Two test images, of other classes than the first and each other where there are such. */
    private List<Tensor> others(Dataset from) {
        List<Tensor> others = new ArrayList<>();
        List<Integer> labels = new ArrayList<>(List.of(from.label(0)));
        for (int i = 1; i < from.size() && others.size() < 2; i++) {
            if (!labels.contains(from.label(i))) {
                labels.add(from.label(i));
                others.add(read(from, i));
            }
        }
        if (others.isEmpty()) {
            others.add(read(from, from.size() - 1));
        }
        return others;
    }

    static Tensor read(Dataset data, int index) {
        Tensor image = Tensor.zeros(data.sampleShape());
        data.read(index, image.data(), 0);
        return image;
    }

    private void addUnits(HtmlPage page, Dataset images) {
        List<LayerActivity> layers = Activity.of(model, images, WorkerPool.shared());
        List<ProvedLayer> proved = IntervalBounds.of(model, 0, 1).layers();
        page.section("Units")
                .text(String.format(
                        Locale.ROOT,
                        "Over %,d images of %s. A unit is a channel, or an element of a dense layer. Silent: it fired for"
                                + " none of these images. Proved dead: it can fire for no image with pixels from 0 to 1.",
                        images.size(),
                        images.name()));
        List<List<String>> table = new ArrayList<>();
        table.add(List.of(
                "layer", "units", "silent", "proved dead", "always on", "proved on", "saturated", "fires", "zeros"));
        for (int i = 0; i < layers.size(); i++) {
            LayerActivity one = layers.get(i);
            table.add(List.of(
                    one.name(),
                    String.valueOf(one.units()),
                    String.valueOf(one.silent()),
                    String.valueOf(count(proved.get(i).off())),
                    String.valueOf(one.alwaysOn()),
                    String.valueOf(count(proved.get(i).on())),
                    Numbers.percent(one.saturatedShare()),
                    Numbers.percent(one.firingFraction()),
                    Numbers.percent(one.zeros().least()) + " to "
                            + Numbers.percent(one.zeros().most())));
        }
        page.table(table);
        layers.stream()
                .filter(one -> layer == null || one.name().startsWith(layer + "."))
                .forEach(one -> addFiring(page, one));
        addSparsity(page, Sparsity.of(model, images, WorkerPool.shared()));
    }

    private static long count(boolean[] flags) {
        return IntStream.range(0, flags.length).filter(i -> flags[i]).count();
    }

    private static void addFiring(HtmlPage page, LayerActivity one) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("unit", "fires in", "saturated in"));
        for (int unit = 0; unit < one.units(); unit++) {
            table.add(List.of(
                    String.valueOf(unit),
                    Numbers.percent(one.firingFraction(unit)),
                    Numbers.percent(one.saturatedShare(unit))));
        }
        page.picture(
                "How often each unit of " + one.name() + " fires",
                800,
                theme -> new Charts(theme)
                        .bars(
                                "unit of " + one.name(),
                                "fires in %",
                                100,
                                one.units(),
                                unit -> 100 * one.firingFraction((int) unit)),
                table);
    }

    private static void addSparsity(HtmlPage page, List<Sparsity> products) {
        double saved = products.stream().mapToDouble(Sparsity::saved).sum();
        long all = products.stream().mapToLong(Sparsity::multiplyAdds).sum();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("op", "zeros in its input", "multiply-adds", "with a zero"));
        for (Sparsity product : products) {
            table.add(List.of(
                    product.name(),
                    Numbers.percent(product.zeroShare()),
                    String.format(Locale.ROOT, "%,d", product.multiplyAdds()),
                    Numbers.percent(product.savedShare())));
        }
        page.section("What zeros would save")
                .text(String.format(
                        Locale.ROOT,
                        "Skipping every product with a zero would save %.1f %% of %,d multiply-adds per image.",
                        100 * saved / all,
                        all))
                .table(table);
    }
}
