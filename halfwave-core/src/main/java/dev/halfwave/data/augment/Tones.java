package dev.halfwave.data.augment;

/** What changes of brightness, contrast and saturation share: each moves pixels away from or towards something grey. */
final class Tones {
    private static final float RED = 0.299f;
    private static final float GREEN = 0.587f;
    private static final float BLUE = 0.114f;

    private Tones() {}

    /** {@code g + (x − g)·factor} for every value, where g is the grey of its pixel, cut off at 0 and 1. */
    static void blend(Raster image, float factor, Grey grey) {
        if (factor == 1) {
            return;
        }
        float[] pixels = image.pixels();
        for (int pixel = 0; pixel < image.height() * image.width(); pixel++) {
            float g = grey.of(pixel);
            int from = image.offset() + pixel * image.channels();
            for (int i = from; i < from + image.channels(); i++) {
                pixels[i] = Math.max(0, Math.min(1, g + (pixels[i] - g) * factor));
            }
        }
    }

    /** The grey of a pixel: Rec. 601 luma of three channels, the first one of others. */
    static float grey(Raster image, int pixel) {
        float[] pixels = image.pixels();
        int i = image.offset() + pixel * image.channels();
        return image.channels() == 3 ? RED * pixels[i] + GREEN * pixels[i + 1] + BLUE * pixels[i + 2] : pixels[i];
    }

    /** The mean grey of all pixels. */
    static float meanGrey(Raster image) {
        double sum = 0;
        for (int pixel = 0; pixel < image.height() * image.width(); pixel++) {
            sum += grey(image, pixel);
        }
        return (float) (sum / (image.height() * image.width()));
    }

    /** What a pixel is moved away from or towards. */
    interface Grey {
        float of(int pixel);
    }
}
