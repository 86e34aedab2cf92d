package dev.halfwave.data;

/**
 * The form that the images of a folder are brought into.
 *
 * @param height in pixels, or 0 to take the images as they are, which must then all be of one size
 * @param width in pixels, or 0; both or neither
 * @param channels 1 for grey, 3 for colour, or 0 for what the first image is
 */
public record ImageOptions(int height, int width, int channels) {

    /** @throws IllegalArgumentException if a number is not one of those allowed */
    public ImageOptions {
        if (height < 0 || width < 0 || (height == 0) != (width == 0)) {
            throw new IllegalArgumentException(
                    "images: expected a height and width of 1 or more, or 0 for both, received " + height + "×"
                            + width);
        }
        if (channels != 0 && channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "images: expected 1 channel (grey), 3 (colour) or 0 (as in the first image), received " + channels);
        }
    }

    /** Images as they are. */
    public static ImageOptions asTheyAre() {
        return new ImageOptions(0, 0, 0);
    }

    /** These options with images stretched to a size. */
    public ImageOptions sized(int newHeight, int newWidth) {
        return new ImageOptions(newHeight, newWidth, channels);
    }

    /** These options with all images grey. */
    public ImageOptions grey() {
        return new ImageOptions(height, width, 1);
    }

    /** These options with all images in colour. */
    public ImageOptions colour() {
        return new ImageOptions(height, width, 3);
    }
}
