package dev.halfwave.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Turns a decoded image into 8-bit grey or colour.
 *
 * <p>Stored values are taken as they are: {@link BufferedImage#getRGB} would push grey through a gamma curve, and apply
 * colour profiles.
 */
final class RasterPixels {
    private RasterPixels() {}

    static Pixels of(ImageSource file, BufferedImage image) {
        ColorModel model = image.getColorModel();
        int space = model.getColorSpace().getType();
        if (space != ColorSpace.TYPE_GRAY && space != ColorSpace.TYPE_RGB) {
            throw refused(
                    file,
                    model.getNumColorComponents() + " colour components that are neither grey nor RGB, as in CMYK");
        }
        if (model instanceof IndexColorModel palette) {
            return indexed(image, palette);
        }
        int transfer = model.getTransferType();
        if (model instanceof ComponentColorModel
                && (transfer == DataBuffer.TYPE_BYTE || transfer == DataBuffer.TYPE_USHORT)) {
            return components(image);
        }
        if (model.getComponentSize(0) <= 8) {
            return colours(image);
        }
        throw refused(file, "values of " + model.getComponentSize(0) + " bits in an unusual form");
    }

    private static RuntimeException refused(ImageSource file, String received) {
        return ImageDecoder.wrong(
                file, "an image in grey or RGB of up to 16 bits", received, "convert the file to RGB");
    }

    /** Grey or colour, with or without alpha, each value in a place of its own. */
    private static Pixels components(BufferedImage image) {
        ColorModel model = image.getColorModel();
        Raster raster = image.getRaster();
        int channels = model.getNumColorComponents();
        int bands = raster.getNumBands();
        int most = (1 << model.getComponentSize(0)) - 1;
        int[] row = new int[image.getWidth() * bands];
        byte[] bytes = new byte[image.getHeight() * image.getWidth() * channels];
        for (int y = 0, k = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, image.getWidth(), 1, row);
            for (int x = 0; x < row.length; x += bands) {
                int alpha = bands > channels && !model.isAlphaPremultiplied() ? row[x + channels] : most;
                for (int c = 0; c < channels; c++) {
                    bytes[k++] = onBlack(row[x + c], alpha, most);
                }
            }
        }
        return new Pixels(bytes, image.getHeight(), image.getWidth(), channels);
    }

    /** A value with the given alpha over black, scaled from 0..most to 0..255. */
    private static byte onBlack(int value, int alpha, int most) {
        long square = (long) most * most;
        return (byte) ((255L * value * alpha + square / 2) / square);
    }

    private static Pixels indexed(BufferedImage image, IndexColorModel palette) {
        int channels = isGrey(palette) ? 1 : 3;
        byte[] bytes = new byte[image.getHeight() * image.getWidth() * channels];
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getSamples(0, y, row.length, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                put(palette.getRGB(row[x]), bytes, (y * row.length + x) * channels, channels);
            }
        }
        return new Pixels(bytes, image.getHeight(), image.getWidth(), channels);
    }

    private static boolean isGrey(IndexColorModel palette) {
        int[] entries = new int[palette.getMapSize()];
        palette.getRGBs(entries);
        for (int argb : entries) {
            int green = argb >> 8 & 0xff;
            if ((argb >> 16 & 0xff) != green || (argb & 0xff) != green) {
                return false;
            }
        }
        return true;
    }

    /** Several values packed into one number, as in 16-bit BMP files. */
    private static Pixels colours(BufferedImage image) {
        byte[] bytes = new byte[image.getHeight() * image.getWidth() * 3];
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                put(row[x], bytes, (y * row.length + x) * 3, 3);
            }
        }
        return new Pixels(bytes, image.getHeight(), image.getWidth(), 3);
    }

    /** Writes a colour of 8 bits each of alpha, red, green and blue. */
    private static void put(int argb, byte[] bytes, int offset, int channels) {
        for (int c = 0; c < channels; c++) {
            bytes[offset + c] = onBlack((argb >> (16 - 8 * c)) & 0xff, argb >>> 24, 255);
        }
    }
}
