package dev.halfwave.data;

import dev.halfwave.tensor.Shape;
import dev.halfwave.tensor.Tensor;
import java.nio.file.Path;

/**
 * Single images, read into tensors as networks take them.
 *
 * <p>A tensor is {@code [H, W, C]} with values from 0 to 1 in steps of 1/255, C being 1 for grey and 3 for red, green
 * and blue.
 *
 * <ul>
 *   <li>Any format of the JDK is read: PNG, JPEG, GIF (its first picture), BMP, TIFF. CMYK is refused.
 *   <li>Colour becomes grey by Rec. 601 luma, 0.299 R + 0.587 G + 0.114 B; grey becomes colour with three equal channels.
 *   <li>Transparent parts are laid on black, which is what zero padding is too.
 *   <li>16-bit values are rounded to 8 bits. Colour profiles and a camera's note on which side is up are not applied.
 *   <li>A new size stretches the image: linearly when it grows, by the mean over the area each new pixel covers, weighted towards its
 *       centre, when it shrinks.
 * </ul>
 */
public final class Images {
    private Images() {}

    /**
     * Reads an image in its own size and number of channels.
     *
     * @throws java.io.UncheckedIOException if there is no such file or it cannot be opened
     * @throws dev.halfwave.format.ModelFormatException if the file is no image that can be read, is damaged, or has more than 2²⁶ pixels
     */
    public static Tensor read(Path file) {
        return ImageDecoder.decode(ImageSource.of(file)).toTensor();
    }

    /**
     * Reads an image in the given shape, {@code [H, W, 1]} or {@code [H, W, 3]}.
     *
     * @throws IllegalArgumentException if the shape is not that of an image
     * @throws java.io.UncheckedIOException if there is no such file or it cannot be opened
     * @throws dev.halfwave.format.ModelFormatException if the file is no image that can be read, is damaged, or has more than 2²⁶ pixels
     */
    public static Tensor read(Path file, Shape shape) {
        if (shape.rank() != 3 || shape.elements() == 0 || (shape.size(2) != 1 && shape.size(2) != 3)) {
            throw new IllegalArgumentException("images: expected a shape [H, W, 1] or [H, W, 3], received " + shape
                    + "; give the shape of one image");
        }
        return ImageDecoder.decode(ImageSource.of(file))
                .withChannels(shape.size(2))
                .resized(shape.size(0), shape.size(1))
                .toTensor();
    }
}
