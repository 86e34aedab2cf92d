package dev.halfwave.format;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes rasters as PNG files, crash-safely as {@link AtomicFile} does; equal rasters give equal bytes on one JDK.
 */
public final class Pictures {
    private Pictures() {}

    /**
     * Writes one image.
     *
     * @param image {@code [H, W, C]} with C = 1 (grey), 3 (red, green, blue) or 4 (and opacity); values from 0 to 1,
     *     others are clamped, NaN becomes 0
     * @throws IllegalArgumentException if the shape is not of that kind
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public static void writePng(Path file, Tensor image) {
        Shape shape = image.shape();
        boolean channels = shape.rank() == 3 && (shape.size(2) == 1 || shape.size(2) == 3 || shape.size(2) == 4);
        if (!channels || shape.elements() == 0) {
            throw new IllegalArgumentException("picture: expected [height, width, channels] with 1, 3 or 4 channels and"
                    + " at least one pixel, received " + shape + "; reshape or slice the tensor");
        }
        int[] argb = new int[shape.rows()];
        for (int pixel = 0; pixel < argb.length; pixel++) {
            argb[pixel] = argb(image.data(), pixel * shape.size(2), shape.size(2));
        }
        writePng(file, shape.size(1), shape.size(0), argb);
    }

    /**
     * Writes one image.
     *
     * @param argb one pixel per element, row by row from the top: opacity, red, green and blue with 8 bits each
     * @throws IllegalArgumentException unless there are width · height pixels, and at least one
     * @throws java.io.UncheckedIOException if the file cannot be written
     */
    public static void writePng(Path file, int width, int height, int[] argb) {
        if (width < 1 || height < 1 || (long) width * height != argb.length) {
            throw new IllegalArgumentException("picture: expected width · height pixels and at least one, received "
                    + width + " · " + height + " and " + argb.length + " pixels; pass the raster's own size");
        }
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, width, height, argb, 0, width);
        AtomicFile.write(file, out -> out.write(png(image)));
    }

    /** In memory first: ImageIO would otherwise go through a temporary file of its own. */
    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (!ImageIO.write(image, "png", out)) {
                throw new IOException("this Java platform has no PNG writer");
            }
        }
        return bytes.toByteArray();
    }

    private static int argb(float[] data, int at, int channels) {
        int red = level(data[at]);
        int green = channels == 1 ? red : level(data[at + 1]);
        int blue = channels == 1 ? red : level(data[at + 2]);
        int opacity = channels == 4 ? level(data[at + 3]) : 255;
        return opacity << 24 | red << 16 | green << 8 | blue;
    }

    private static int level(float value) {
        return Math.round(Math.max(0f, Math.min(1f, value)) * 255f);
    }
}
