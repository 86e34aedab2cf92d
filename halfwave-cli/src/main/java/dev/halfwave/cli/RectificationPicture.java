package dev.halfwave.cli;

import dev.halfwave.inspect.Rectification;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a rectification: the image, the feature map and what is left of it side by side, with one scale for both maps.
 */
final class RectificationPicture {
    private static final int LONGEST_NAME = 16;

    private RectificationPicture() {}

    private static String before(String maker) {
        return maker.length() <= LONGEST_NAME ? "feature map z of " + maker : "feature map z";
    }

    private static String after(String activation) {
        return activation.equals("relu") ? "rectified map max(0, z)" : activation + " of z";
    }

    /**
     * The picture.
     *
     * @param heading what it shows
     * @param maker what made the feature map, as in {@code sobel-x}
     * @throws IllegalStateException if this system has no fonts
     */
    static BufferedImage draw(Rectification rectification, String heading, String maker) {
        DivergingScale scale = scale(rectification);
        Raster raster = new Raster(PanelPicture.PANEL * PanelPicture.DENSITY);
        List<Panel> panels = new ArrayList<>(maps(rectification, maker, raster, scale));
        panels.add(0, Panel.ofImage(rectification, raster));
        return new PanelPicture(panels, scale).draw(heading, remark(rectification), Theme.LIGHT);
    }

    /** The picture without the image, for where that stands elsewhere. */
    static BufferedImage drawMaps(Rectification rectification, String heading, Theme theme) {
        DivergingScale scale = scale(rectification);
        Raster raster = new Raster(PanelPicture.PANEL * PanelPicture.DENSITY);
        return new PanelPicture(maps(rectification, "", raster, scale), scale)
                .draw(heading, remark(rectification), theme);
    }

    private static DivergingScale scale(Rectification rectification) {
        return new DivergingScale(rectification.reach() > 0 ? rectification.reach() : 1);
    }

    private static List<Panel> maps(Rectification rectification, String maker, Raster raster, DivergingScale scale) {
        String before = maker.isEmpty() ? "before: z" : before(maker);
        return List.of(
                Panel.ofMaps(before, rectification, rectification.featureMap(), raster, scale),
                Panel.ofMaps(
                        after(rectification.activation()), rectification, rectification.rectified(), raster, scale));
    }

    /** How much was cut, in a sentence. */
    static String remark(Rectification rectification) {
        double percent = 100 * rectification.cutShare();
        return rectification.activation().equals("relu")
                ? String.format(
                        Locale.ROOT, "%.1f %% of the values are below zero: the rectifier cuts them to 0.", percent)
                : String.format(
                        Locale.ROOT,
                        "%.1f %% of the values are below zero before %s.",
                        percent,
                        rectification.activation());
    }
}
