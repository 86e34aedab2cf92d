package dev.halfwave.cli;

import dev.halfwave.data.Dataset;
import dev.halfwave.inspect.ActivatedLayers;
import dev.halfwave.inspect.FilterBank;
import dev.halfwave.inspect.Rectification;
import dev.halfwave.inspect.StrongestPatches;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Tensor;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What a report says about layers: their maps before and after the activation, their filters, what they answer to.
 *
 * @param model the model
 * @param image what was looked at
 */
record LayerPages(Model model, Tensor image) {
    private static final int MOST_FILTERS = 64;
    private static final int PATCHES = 4;
    private static final int MOST_PLACES = 1000;

    /** About how many pixels a patch is drawn with. */
    private static final int CRISP = 60;

    /** A layer's maps for the image. */
    void addMaps(HtmlPage page, ActivatedLayers layers, String layer) {
        Rectification maps = layers.rectify(layer, image, WorkerPool.shared());
        List<List<String>> table = maps.channels() == 1 ? byPlace(maps) : byChannel(maps);
        page.section("Layer " + layer)
                .picture(
                        "Feature maps of " + layer + " before and after " + maps.activation(),
                        820,
                        theme -> RectificationPicture.drawMaps(maps, layer, theme),
                        table);
        if (maps.channels() > 1) {
            page.picture(
                    "Where each channel of " + layer + " fires in this image",
                    800,
                    theme -> new Charts(theme)
                            .bars(
                                    "channel of " + layer,
                                    "fires in % of places",
                                    100,
                                    maps.channels(),
                                    c -> 100 * maps.firingFraction((int) c)),
                    table);
        }
        FilterBank.of(model, layers.activation(layer)).ifPresent(bank -> addFilters(page, bank));
    }

    /** The numbers of a single map, or of a layer without places, row by row. */
    private static List<List<String>> byPlace(Rectification maps) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("place", "before", "after"));
        for (int i = 0; i < Math.min(MOST_PLACES, maps.featureMap().data().length); i++) {
            table.add(List.of(
                    String.valueOf(i),
                    Numbers.of(maps.featureMap().data()[i]),
                    Numbers.of(maps.rectified().data()[i])));
        }
        return table;
    }

    private static List<List<String>> byChannel(Rectification maps) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("channel", "fires in", "smallest z", "largest z"));
        for (int c = 0; c < maps.channels(); c++) {
            float[] z = maps.channel(c).featureMap().data();
            float low = Float.POSITIVE_INFINITY;
            float high = Float.NEGATIVE_INFINITY;
            for (float value : z) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
            table.add(List.of(
                    String.valueOf(c), Numbers.percent(maps.firingFraction(c)), Numbers.of(low), Numbers.of(high)));
        }
        return table;
    }

    private static void addFilters(HtmlPage page, FilterBank bank) {
        int shown = Math.min(MOST_FILTERS, bank.count());
        if (bank.filters().shape().size(0) * bank.filters().shape().size(1) == 1) {
            return; // single numbers make no picture
        }
        List<Tensor> slices = IntStream.range(0, shown)
                .mapToObj(k -> bank.slice(k, bank.strongestChannel(k)))
                .toList();
        DivergingScale scale = new DivergingScale(reach(slices));
        Raster raster = new Raster(PanelPicture.PANEL);
        List<BufferedImage> rasters =
                slices.stream().map(slice -> raster.ofMap(slice, 0, scale)).toList();
        String channels = bank.filters().shape().size(2) == 1 ? "" : ", each in its strongest input channel";
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("filter", "input channel", "numbers, row by row"));
        for (int k = 0; k < shown; k++) {
            table.add(List.of(
                    String.valueOf(k),
                    String.valueOf(bank.strongestChannel(k)),
                    IntStream.range(0, slices.get(k).data().length)
                            .mapToObj(indexed(slices.get(k)))
                            .reduce((a, b) -> a + " " + b)
                            .orElse("")));
        }
        PanelPicture picture = new PanelPicture(List.of(new Panel("filters" + channels, rasters, 1)), scale, 560);
        page.picture(
                shown + " of " + bank.count() + " filters " + bank.name() + channels,
                picture.width(),
                theme -> picture.draw(bank.name(), shown + " of " + bank.count() + " filters", theme),
                table);
    }

    private static IntFunction<String> indexed(Tensor tensor) {
        return i -> String.format(Locale.ROOT, "%.3f", tensor.data()[i]);
    }

    static double reach(List<Tensor> tensors) {
        double reach = 0;
        for (Tensor tensor : tensors) {
            for (float value : tensor.data()) {
                reach = Math.max(reach, Math.abs(value));
            }
        }
        return reach > 0 ? reach : 1;
    }

    /** What the units of a layer answer to most in a dataset. */
    void addPatches(HtmlPage page, Dataset data, ActivatedLayers layers, String layer) {
        List<List<StrongestPatches.Patch>> patches =
                StrongestPatches.of(model, data, layers.activation(layer), PATCHES, WorkerPool.shared());
        int shown = Math.min(MOST_FILTERS, patches.size());
        List<BufferedImage> rasters =
                patches.subList(0, shown).stream().map(LayerPages::square).toList();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("unit", "images", "activations", "first patch: rows, columns"));
        for (int unit = 0; unit < shown; unit++) {
            List<StrongestPatches.Patch> best = patches.get(unit);
            table.add(List.of(
                    String.valueOf(unit),
                    best.stream()
                            .map(patch -> patch.image() + "")
                            .reduce((a, b) -> a + " " + b)
                            .orElse(""),
                    best.stream()
                            .map(patch -> Numbers.of(patch.value()))
                            .reduce((a, b) -> a + " " + b)
                            .orElse(""),
                    best.get(0).field().top() + " to " + (best.get(0).field().bottom() - 1) + ", "
                            + best.get(0).field().left() + " to "
                            + (best.get(0).field().right() - 1)));
        }
        PanelPicture picture = new PanelPicture(
                List.of(new Panel("by unit, from the upper left; pixels from black, 0, to white, 1", rasters, 1)),
                null,
                760);
        page.section("What " + layer + " answers to")
                .text(String.format(
                        Locale.ROOT,
                        "The %d patches of %,d images of %s at which each unit is strongest, no two of one image; what"
                                + " reaches beyond the image is black.",
                        PATCHES,
                        data.size(),
                        data.name()))
                .picture(
                        "Strongest patches of " + shown + " units of " + layer,
                        picture.width(),
                        theme -> picture.draw("Strongest patches of " + layer, "", theme),
                        table);
    }

    /** Patches in a square, with grey between them. */
    private static BufferedImage square(List<StrongestPatches.Patch> patches) {
        Raster raster = new Raster(PanelPicture.PANEL);
        List<BufferedImage> images =
                patches.stream().map(patch -> raster.ofImage(patch.pixels())).toList();
        int side = (int) Math.ceil(Math.sqrt(images.size()));
        int rows = (images.size() - 1) / side + 1;
        int width = images.get(0).getWidth();
        int height = images.get(0).getHeight();
        int zoom = Math.max(1, CRISP / Math.max(width, height)); // so that the grey is thinner than a pixel
        BufferedImage square = new BufferedImage(
                side * (width * zoom + 1) + 1, rows * (height * zoom + 1) + 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = square.createGraphics();
        g.setColor(Color.GRAY);
        g.fillRect(0, 0, square.getWidth(), square.getHeight());
        for (int i = 0; i < images.size(); i++) {
            int x = 1 + i % side * (width * zoom + 1);
            int y = 1 + i / side * (height * zoom + 1);
            g.drawImage(images.get(i), x, y, width * zoom, height * zoom, null);
        }
        g.dispose();
        return square;
    }
}
