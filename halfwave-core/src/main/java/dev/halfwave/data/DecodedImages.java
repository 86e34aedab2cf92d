package dev.halfwave.data;

import dev.halfwave.format.ModelFormatException;
import dev.halfwave.tensor.Shape;
import java.util.List;

/**
 * Images that are decoded when they are read, and kept as 8-bit values when all of them together are small enough.
 *
 * <p>Unless all are brought to one size, the headers of all of them are read at once, so that one of another size or
 * with too many pixels is found before anything is decoded.
 */
final class DecodedImages implements Dataset {
    private final String name;
    private final List<String> classes;
    private final List<ImageSource> sources;
    private final int[] labels;
    private final Shape sampleShape;
    private final boolean resizes;
    private final SampleCache cache;

    private DecodedImages(
            String name, List<String> classes, List<ImageSource> sources, int[] labels, Shape shape, boolean resizes) {
        this.name = name;
        this.classes = classes;
        this.sources = sources;
        this.labels = labels;
        this.sampleShape = shape;
        this.resizes = resizes;
        this.cache = new SampleCache(sources.size(), sampleShape.elements(), this::decode);
        if (!resizes) {
            sources.forEach(source -> checkSize(source, ImageDecoder.size(source)));
        }
    }

    /** In the form asked for, where it is left open that of the first image. */
    static DecodedImages of(
            String name, List<String> classes, List<ImageSource> sources, int[] labels, ImageOptions options) {
        Shape shape = shape(sources.get(0), options);
        return new DecodedImages(name, classes, sources, labels, shape, options.height() > 0);
    }

    /** Other images of the same classes and in the same form. */
    DecodedImages alike(String otherName, List<ImageSource> otherSources, int[] otherLabels) {
        return new DecodedImages(otherName, classes, otherSources, otherLabels, sampleShape, resizes);
    }

    private static Shape shape(ImageSource first, ImageOptions options) {
        Pixels pixels = ImageDecoder.decode(first);
        return Shape.of(
                options.height() > 0 ? options.height() : pixels.height(),
                options.width() > 0 ? options.width() : pixels.width(),
                options.channels() > 0 ? options.channels() : pixels.channels());
    }

    private void checkSize(ImageSource source, int... size) {
        if (size[0] != sampleShape.size(0) || size[1] != sampleShape.size(1)) {
            throw new ModelFormatException(source + ": expected an image of height " + sampleShape.size(0)
                    + " and width " + sampleShape.size(1) + " as the first one, received height " + size[0]
                    + " and width " + size[1] + "; ask for a height and width to which all images are resized");
        }
    }

    private byte[] decode(int index) {
        ImageSource source = sources.get(index);
        Pixels pixels = ImageDecoder.decode(source);
        if (!resizes) {
            checkSize(source, pixels.height(), pixels.width());
        }
        return pixels.withChannels(sampleShape.size(2))
                .resized(sampleShape.size(0), sampleShape.size(1))
                .bytes();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return labels.length;
    }

    @Override
    public Shape sampleShape() {
        return sampleShape;
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public int label(int index) {
        return labels[index];
    }

    @Override
    public void read(int index, float[] into, int offset) {
        Pixels.scale(cache.get(index), 0, into, offset, sampleShape.elements());
    }
}
