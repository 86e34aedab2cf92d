package dev.halfwave.cli;

import dev.halfwave.inspect.Attribution;
import dev.halfwave.inspect.EffectiveMap;
import dev.halfwave.inspect.EffectiveMaps;
import dev.halfwave.inspect.LinearRegions;
import dev.halfwave.kernel.WorkerPool;
import dev.halfwave.nn.Model;
import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What a report says about a network as a function of one image: its affine map, its regions, what speaks for a class.
 *
 * @param model the model
 * @param image what was looked at
 */
record MapPages(Model model, Tensor image) {
    private static final int MOST_CLASSES = 12;
    private static final double MARGIN = 0.2;

    /** The affine map that the network is around the image. */
    void addMap(HtmlPage page, EffectiveMaps maps) {
        EffectiveMap single = maps.at(image);
        EffectiveMap exact = maps.exactlyAt(image);
        List<Integer> classes = IntStream.range(0, exact.classes())
                .boxed()
                .sorted(Comparator.comparingDouble(
                        (Integer k) -> -exact.logits().data()[k]))
                .limit(MOST_CLASSES)
                .sorted()
                .toList();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("panel", "class", "logit", "W · x", "b", "W · x + b − logit", "smallest W", "largest W"));
        List<Tensor> weights = new ArrayList<>();
        List<Tensor> parts = new ArrayList<>();
        for (int k : classes) {
            Tensor w = exact.weightsOf(k);
            weights.add(inGrey(w));
            parts.add(inGrey(times(w, image)));
            table.add(row(table.size() - 1, k, exact, w));
        }
        List<Tensor> all = new ArrayList<>(weights);
        all.addAll(parts);
        DivergingScale scale = new DivergingScale(LayerPages.reach(all));
        Raster raster = new Raster(PanelPicture.PANEL);
        PanelPicture picture = new PanelPicture(
                List.of(
                        panel("W, one picture per class", weights, raster, scale),
                        panel("W times x, pixel by pixel", parts, raster, scale)),
                scale);
        String residuals = String.format(
                Locale.ROOT,
                "largest distance of W·x + b from a logit: %.1e in float, %.1e in double",
                single.residual(),
                exact.residual());
        page.section("One affine map: logits = W · x + b")
                .text("Around this image the network is exactly this affine map, until a gate flips: " + residuals
                        + ".")
                .picture(
                        "The effective weights of each class",
                        picture.width(),
                        theme -> picture.draw("logits = W · x + b", residuals, theme),
                        table);
    }

    private List<String> row(int panel, int k, EffectiveMap map, Tensor w) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float value : w.data()) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        double bias = map.bias().data()[k];
        return List.of(
                String.valueOf(panel),
                model.classes().get(k),
                Numbers.of(map.logits().data()[k]),
                Numbers.of(map.predicted(k) - bias),
                Numbers.of(bias),
                String.format(
                        Locale.ROOT, "%.1e", map.predicted(k) - map.logits().data()[k]),
                Numbers.of(low),
                Numbers.of(high));
    }

    private static Panel panel(String title, List<Tensor> maps, Raster raster, DivergingScale scale) {
        List<BufferedImage> rasters =
                maps.stream().map(map -> raster.ofMap(map, 0, scale)).toList();
        return new Panel(title, rasters, 1);
    }

    private static Tensor times(Tensor a, Tensor b) {
        Tensor product = a.copy();
        for (int i = 0; i < product.data().length; i++) {
            product.data()[i] *= b.data()[i];
        }
        return product;
    }

    /** The sum over channels, {@code [H, W, 1]}. */
    private static Tensor inGrey(Tensor map) {
        int channels = map.shape().size(2);
        Tensor sum = Tensor.zeros(Shape.of(map.shape().size(0), map.shape().size(1), 1));
        for (int i = 0; i < map.data().length; i++) {
            sum.data()[i / channels] += map.data()[i];
        }
        return sum;
    }

    /** What speaks for the class that the model takes the image for. */
    void addAttribution(HtmlPage page, int k) {
        Attribution attribution = Attribution.of(model, WorkerPool.shared());
        Shape shape = image.shape();
        int square = Math.max(1, Math.min(shape.size(0), shape.size(1)) / 7);
        List<String> names = new ArrayList<>(List.of("gradient × input"));
        List<Tensor> maps = new ArrayList<>(List.of(inGrey(attribution.gradientTimesInput(image, k))));
        if (!attribution.gradCamLayer().isEmpty()) {
            names.add("Grad-CAM");
            maps.add(attribution.gradCam(image, k));
        }
        names.add("occlusion of " + square + "×" + square);
        maps.add(attribution.occlusion(image, k, square, Math.max(1, square / 2)));
        DivergingScale scale = new DivergingScale(1);
        List<Panel> panels = new ArrayList<>();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("method", "size", "sum", "largest", "what it tells"));
        for (int i = 0; i < maps.size(); i++) {
            double reach = LayerPages.reach(List.of(maps.get(i)));
            table.add(List.of(
                    names.get(i),
                    maps.get(i).shape().size(0) + "×" + maps.get(i).shape().size(1),
                    Numbers.of(sum(maps.get(i))),
                    Numbers.of(reach),
                    meaning(names.get(i), attribution)));
            panels.add(panel(names.get(i), List.of(scaled(maps.get(i), reach)), new Raster(PanelPicture.PANEL), scale));
        }
        PanelPicture picture = new PanelPicture(panels, scale, 230);
        String heading = "What speaks for " + model.classes().get(k);
        page.section(heading)
                .picture(
                        heading,
                        picture.width(),
                        theme -> picture.draw(heading, "each in parts of its largest number", theme),
                        table);
    }

    private static String meaning(String name, Attribution attribution) {
        if (name.equals("Grad-CAM")) {
            return "where " + attribution.gradCamLayer() + " supports the class";
        }
        return name.startsWith("occlusion")
                ? "by how much the logit falls when this square is grey"
                : "each pixel's part of the logit";
    }

    private static double sum(Tensor map) {
        double sum = 0;
        for (float value : map.data()) {
            sum += value;
        }
        return sum;
    }

    private static Tensor scaled(Tensor map, double reach) {
        Tensor scaled = map.copy();
        for (int i = 0; i < scaled.data().length; i++) {
            scaled.data()[i] /= (float) reach;
        }
        return scaled;
    }

    /**
     * The linear regions from the image to another, and on the plane with a third.
     *
     * @param most how many to count
     */
    void addRegions(HtmlPage page, EffectiveMaps maps, List<Tensor> others, int most) {
        Tensor other = others.get(0);
        Tensor direction = other.copy();
        for (int i = 0; i < direction.data().length; i++) {
            direction.data()[i] -= image.data()[i];
        }
        page.section("Linear regions");
        page.text(maps.firstFlip(image, direction)
                .map(flip -> String.format(
                        Locale.ROOT,
                        "On the way to another test image the first gate flips after %.3g of the way: %s.%s",
                        flip.distance(),
                        flip,
                        flip.distance() == 0
                                ? " It stands on an edge already, as a pooling does whose window is all of one value."
                                : ""))
                .orElse("On the way to another test image no gate ever flips."));
        LinearRegions line = LinearRegions.alongLine(model, image, other, most);
        if (!line.complete()) {
            page.text(String.format(
                    Locale.ROOT, "The line crosses more than %,d regions; --regions N counts more of them.", most));
            return;
        }
        page.picture(
                String.format(Locale.ROOT, "The line to another test image crosses %,d regions", line.count()),
                800,
                theme -> new Charts(theme).steps("part of the way to the other image", "regions entered", line.flips()),
                deciles(line));
        if (others.size() > 1) {
            addPlane(page, LinearRegions.onPlane(model, image, other, others.get(1), MARGIN, most), most);
        }
    }

    private static List<List<String>> deciles(LinearRegions line) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("part of the way", "regions entered"));
        for (int tenth = 1; tenth <= 10; tenth++) {
            double end = tenth / 10.0;
            long entered = 1 + line.flips().stream().filter(t -> t <= end).count();
            table.add(List.of(Numbers.percent(end), String.valueOf(entered)));
        }
        return table;
    }

    private void addPlane(HtmlPage page, LinearRegions plane, int most) {
        if (!plane.complete()) {
            page.text(String.format(
                    Locale.ROOT,
                    "The plane through this and two other test images holds more than %,d regions; --regions N counts"
                            + " more of them.",
                    most));
            return;
        }
        int[] classes =
                plane.cells().stream().mapToInt(LinearRegions.Region::best).toArray();
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("largest logit", "regions"));
        for (int k = 0; k < model.classes().size(); k++) {
            int wanted = k;
            long count = IntStream.of(classes).filter(found -> found == wanted).count();
            if (count > 0) {
                table.add(List.of(model.classes().get(k), String.valueOf(count)));
            }
        }
        page.picture(
                String.format(
                        Locale.ROOT,
                        "The plane through three test images: %,d regions, by largest logit",
                        plane.count()),
                620,
                theme -> new Charts(theme)
                        .polygons(
                                "s, to the second image at 1",
                                "t, to the third image at 1",
                                -MARGIN,
                                1 + MARGIN,
                                plane.cells().stream()
                                        .map(LinearRegions.Region::corners)
                                        .toList(),
                                classes,
                                model.classes()),
                table);
    }
}
